/** Filters of a list as they stand in the address bar: what was filtered is a link, and Back leads out of it. */
export const filterOf = (search: string, name: string): string => new URLSearchParams(search).get(name) ?? ''

/** The same with one filter set, or taken away where it is empty; the address bar says so too. */
export function withFilter(search: string, name: string, value: string): string {
  const query = new URLSearchParams(search)
  if (value === '') query.delete(name)
  else query.set(name, value)
  const text = query.toString()
  const next = text === '' ? '' : `?${text}`
  history.replaceState(null, '', location.pathname + next)
  return next
}
