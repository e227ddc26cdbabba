/** SHA-256 of a text's UTF-8 bytes as lower-case hex; comes in as a parameter, so that this code runs anywhere. */
export type Hash = (text: string) => string

/**
 * One text for one value, after RFC 8785: keys sorted by UTF-16 units, no white space, numbers as ECMAScript writes them.
 *
 * Properties that are undefined are left out. What hashes are taken of.
 * @throws TypeError for NaN, infinities, functions, bigints and other values that JSON has no form for
 */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return JSON.stringify(value)
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new TypeError(`writing canonical JSON: ${value} has no form in JSON; use null`)
    return JSON.stringify(value)
  }
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  if (typeof value !== 'object') throw new TypeError(`writing canonical JSON: a ${typeof value} has no form in JSON`)
  const parts: string[] = []
  for (const [key, member] of Object.entries(value).sort(byKey)) {
    if (member !== undefined) parts.push(`${JSON.stringify(key)}:${canonicalJson(member)}`)
  }
  return `{${parts.join(',')}}`
}

function byKey([a]: [string, unknown], [b]: [string, unknown]): number {
  return a < b ? -1 : a > b ? 1 : 0
}
