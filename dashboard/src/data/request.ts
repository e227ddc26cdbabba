import { ApiError, errorOf } from './api-error.ts'

/** Longest wait for one answer, ms: beyond it a driver on a phone is better told than kept waiting. */
const answerWithinMs = 15_000

/**
 * Sends a request to the cloud and gives its answer, which is a success.
 *
 * @throws {ApiError} of kind `offline` where no answer came, else by the status
 */
export async function send(request: Request): Promise<Response> {
  const { signal } = request
  const response = await fetch(request, {
    signal: AbortSignal.any([AbortSignal.timeout(answerWithinMs), signal]),
  }).catch((cause: unknown) => {
    if (signal.aborted) throw cause
    throw new ApiError('There was no answer. It may be the connection.', { kind: 'offline', status: 0, cause })
  })
  if (!response.ok) throw await errorOf(response)
  return response
}

/** How one request differs from a GET without a body. */
export interface RequestOptions {
  /** @default 'GET' */
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  body?: unknown
  signal?: AbortSignal | undefined
}

/**
 * Asks the cloud and gives the JSON of its answer, null where it has no body: for a path that the description of the API does not have.
 *
 * @throws {ApiError} of kind `offline` where no answer came, else by the status
 */
export async function request<T>(path: string, { method = 'GET', body, signal }: RequestOptions = {}): Promise<T> {
  const response = await send(
    new Request(new URL(path, location.href), {
      method,
      credentials: 'same-origin',
      headers: { accept: 'application/json', ...(body !== undefined && { 'content-type': 'application/json' }) },
      ...(signal && { signal }),
      ...(body !== undefined && { body: JSON.stringify(body) }),
    }),
  )
  return (response.status === 204 ? null : await response.json()) as T
}
