/** What a pattern of paths may be made of: letters, digits, `/ . _ -`, and `*` for any text, `?` for any one character. */
const allowed = /^[\w/.*?-]{1,200}$/
/** More stars would make matching slow on purpose. */
const maxStars = 5

export const isPathPattern = (text: string): boolean => allowed.test(text) && text.split('*').length - 1 <= maxStars

/** Reads a pattern as Redis reads it: the whole path has to match. */
export function globOf(pattern: string): (path: string) => boolean {
  if (!isPathPattern(pattern))
    throw new RangeError(
      `Reading the pattern "${pattern}": letters, digits, / . _ - ?, and ${maxStars} times * at most`,
    )
  const source = pattern.replaceAll('.', '\\.').replaceAll(/\*+/g, '.*').replaceAll('?', '.')
  const whole = new RegExp(`^${source}$`)
  return (path) => whole.test(path)
}
