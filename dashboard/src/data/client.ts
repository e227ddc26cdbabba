import createClient from 'openapi-fetch'
import type { paths } from './generated/api-paths.d.ts'
import { send } from './request.ts'

/** The cloud's API as it describes itself: paths, parameters, bodies and answers are checked against its description. */
export const client = createClient<paths>({
  baseUrl: globalThis.location?.origin ?? '',
  credentials: 'same-origin',
  headers: { accept: 'application/json' },
  fetch: send,
})

/** What an answer holds; a failure was thrown as an `ApiError` before. */
export async function answer<T>(asked: Promise<{ data?: T }>): Promise<NonNullable<T>> {
  return (await asked).data as NonNullable<T>
}
