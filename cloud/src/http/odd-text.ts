/** Levels of a body at most: what the API takes has six. */
const maxDepth = 32

/**
 * Where a value holds what no database keeps: a text with NUL or half a character (a lone surrogate), as a value or a key, or more levels
 * than anything here has. Null where it holds none. Never deeper than that, whatever was sent.
 */
export function oddText(value: unknown): { path: string[]; message: string } | null {
  const left: { value: unknown; path: string[] }[] = [{ value, path: [] }]
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    const { value, path } = next
    if (typeof value === 'string' && isOdd(value)) return { path, message: 'a text of whole characters, without NUL' }
    if (typeof value !== 'object' || value === null) continue
    if (path.length >= maxDepth) return { path: path.slice(0, 3), message: `at most ${maxDepth} levels` }
    for (const [key, below] of Object.entries(value)) {
      if (isOdd(key)) return { path, message: 'a name of whole characters, without NUL' }
      left.push({ value: below, path: [...path, key] })
    }
  }
  return null
}

const isOdd = (text: string): boolean => !text.isWellFormed() || text.includes('\0')
