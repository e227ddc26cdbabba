/** Which page of a list; nothing for the first. */
export interface PageOf {
  cursor?: string | null
  limit?: number
}

/** What ends a request early. */
export const until = (signal?: AbortSignal) => (signal ? { signal } : {})
/** A request for something by the ids in its path. */
export const of = <Path extends Record<string, string>>(path: Path, signal?: AbortSignal) => ({
  params: { path },
  ...until(signal),
})
/** A page as parameters. */
export const queryOf = ({ cursor, limit }: PageOf) => ({ ...(cursor && { cursor }), ...(limit && { limit }) })
/** A request for a page of something by the ids in its path. */
export const pageOf = <Path extends Record<string, string>>(path: Path, page: PageOf, signal?: AbortSignal) => ({
  params: { path, query: queryOf(page) },
  ...until(signal),
})
