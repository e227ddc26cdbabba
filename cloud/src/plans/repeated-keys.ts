/**
 * Keys that an object of a JSON text has more than once, of which `JSON.parse` keeps the last alone: by their paths, as `coverages.0.perKmMicro`.
 *
 * @param text that `JSON.parse` takes
 */
export function repeatedKeys(text: string): string[] {
  const repeated: string[] = []
  const open: Level[] = []
  let string: string | null = null
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"|[{}[\]:,]/g)) {
    const level = open.at(-1)
    if (token === '{' || token === '[')
      open.push({ keys: token === '{' ? new Set() : null, at: token === '{' ? '' : 0 })
    else if (token === '}' || token === ']') open.pop()
    else if (token === ',' && level) level.at = typeof level.at === 'number' ? level.at + 1 : ''
    else if (token === ':' && level?.keys && string !== null) {
      level.at = string
      if (level.keys.has(string)) repeated.push(open.map(({ at }) => at).join('.'))
      level.keys.add(string)
    }
    string = token.startsWith('"') ? (JSON.parse(token) as string) : null
  }
  return repeated
}

/** An object or array that is open: where in it, and the keys that an object has had. */
interface Level {
  readonly keys: Set<string> | null
  at: string | number
}
