/** Words that a POST to a path that ends with them is named by: they say what is done already. */
const verbs = new Set(['login', 'logout', 'claim', 'replay', 'invalidate', 'rollback', 'read', 'stage'])
const prefixes: Record<string, string> = { get: 'get', post: 'create', put: 'set', patch: 'update', delete: 'delete' }

/**
 * Names an operation after its path, as generated clients call it: `GET /api/v1/drivers/{driverId}/trips` is `listDriverTrips`.
 *
 * @param isList whether it answers with items
 */
export function operationIdOf(method: string, path: string, isList: boolean): string {
  const parts = path.replace(/^\/api\/v\d+\//, '').split('/')
  const names = parts.filter((part) => !part.startsWith('{'))
  const last = names.at(-1) ?? ''
  const isOne = parts.at(-1)?.startsWith('{') ?? false
  const words = parts.flatMap((part, n) => {
    if (part.startsWith('{')) return []
    const of = parts[n + 1]?.startsWith('{') || (method === 'post' && n === parts.length - 1) ? singular(part) : part
    return of.split('-')
  })
  if (method === 'post' && verbs.has(last)) return camel([last, ...words.slice(0, -1)])
  const prefix = method === 'get' && isList && !isOne ? 'list' : (prefixes[method] ?? method)
  return camel([prefix, ...words])
}

const singular = (word: string): string => (word.endsWith('ies') ? `${word.slice(0, -3)}y` : word.replace(/s$/, ''))
const camel = (words: readonly string[]): string =>
  words.map((word, n) => (n === 0 ? word : word.slice(0, 1).toUpperCase() + word.slice(1))).join('')
