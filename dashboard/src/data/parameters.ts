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

/** A body as it is sent: without what is undefined. */
type Sent<T> = T extends readonly unknown[] | null | string | number | boolean
  ? T
  : { [K in keyof T]: Sent<Exclude<T[K], undefined>> }

/** The same body, typed as JSON will have it: the description of the API knows fields that are left out, and none that are undefined. */
export const sent = <T extends object>(body: T): Sent<T> => body as Sent<T>
