import createClient from 'openapi-fetch'
import { ApiError } from './api-error.ts'
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

/** The same, and null where the cloud says that there is none. */
export async function orNull<T>(asked: Promise<T>): Promise<T | null> {
  try {
    return await asked
  } catch (error) {
    if (error instanceof ApiError && error.kind === 'missing') return null
    throw error
  }
}
