import { ApiError, errorOf } from './api-error.ts'

/** Longest wait for one answer, ms: beyond it a driver on a phone is better told than kept waiting. */
const answerWithinMs = 15_000

/** How one request differs from a GET without a body. */
export interface RequestOptions {
  /** @default 'GET' */
  method?: 'GET' | 'POST' | 'PUT' | 'DELETE'
  body?: unknown
  signal?: AbortSignal | undefined
}

/**
 * Asks the cloud and gives the JSON of its answer, null where it has no body.
 *
 * @throws {ApiError} of kind `offline` where no answer came, else by the status
 */
export async function request<T>(path: string, options: RequestOptions = {}): Promise<T> {
  const { method = 'GET', body, signal } = options
  const asked = `${method} ${path}`
  const response = await fetch(path, {
    method,
    credentials: 'same-origin',
    headers: { accept: 'application/json', ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    signal: AbortSignal.any([AbortSignal.timeout(answerWithinMs), ...(signal ? [signal] : [])]),
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  }).catch((cause: unknown) => {
    if (signal?.aborted) throw cause
    throw new ApiError(`${asked} had no answer.`, { kind: 'offline', status: 0, cause })
  })
  if (!response.ok) throw await errorOf(response, asked)
  if (response.status === 204) return null as T
  return (await response.json()) as T
}
