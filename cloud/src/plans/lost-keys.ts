/** A key of a JSON text, by its path as `coverages.0.perKmMicro`, and why it would be lost. */
export interface LostKey {
  readonly path: string
  readonly message: string
}

/**
 * Keys that would silently not be in the object that is made of a JSON text: those that are there more than once, of which `JSON.parse`
 * keeps the last alone, and `__proto__`, which copies of the object drop.
 *
 * @param text that `JSON.parse` takes
 */
export function lostKeys(text: string): LostKey[] {
  const lost: LostKey[] = []
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
      const message = whyLost(string, level.keys)
      if (message) lost.push({ path: open.map(({ at }) => at).join('.'), message })
      level.keys.add(string)
    }
    string = token.startsWith('"') ? (JSON.parse(token) as string) : null
  }
  return lost
}

function whyLost(key: string, before: ReadonlySet<string>): string | null {
  if (before.has(key)) return 'the key is there more than once'
  return key === '__proto__' ? 'a key of this name cannot be kept' : null
}

/** An object or array that is open: where in it, and the keys that an object has had. */
interface Level {
  readonly keys: Set<string> | null
  at: string | number
}
