/** Gives a header of a request. */
export type HeaderOf = (name: 'authorization' | 'cookie' | 'if-none-match') => string | undefined

/**
 * Headers as Node has them, where there is a socket: building `Headers` of all of them costs more than the rest of a cached answer. Of two
 * `Authorization` it has the first, so whoever asks who is asking has to ask here.
 *
 * @param env what the server gives beside a request
 */
export function headersOf(request: Request, env: unknown): HeaderOf {
  const { incoming } = (env ?? {}) as { incoming?: { headers: Record<string, string | undefined> } }
  return incoming ? (name) => incoming.headers[name] : (name) => request.headers.get(name) ?? undefined
}
