/** Filters of a list as they stand in the address bar: what was filtered is a link, and Back leads out of it. */
export const filterOf = (search: string, name: string): string => new URLSearchParams(search).get(name) ?? ''

/** The same with one filter set, or taken away where it is empty. */
export function searchWith(search: string, name: string, value: string): string {
  const query = new URLSearchParams(search)
  if (value === '') query.delete(name)
  else query.set(name, value)
  const text = query.toString()
  return text === '' ? '' : `?${text}`
}

/** The same, and the address bar says so too. */
export function withFilter(search: string, name: string, value: string): string {
  const next = searchWith(search, name, value)
  history.replaceState(null, '', location.pathname + next)
  return next
}

/** What of the address bar opens a thing of the list beside it. */
const opened = 'open'

/** The id of the thing that is open beside the list; null for none. */
export const openedIn = (search: string): string | null => filterOf(search, opened) || null

/** The search with a thing opened beside the list. */
export const opening = (search: string, id: string): string => searchWith(search, opened, id)

/** The filters alone, without what is open. */
export const listedIn = (search: string): string => searchWith(search, opened, '')
