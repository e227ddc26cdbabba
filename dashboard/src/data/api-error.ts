import type { Problem } from '@fairmile/contract/http/problem.ts'

/** What a view can do about a failure: wait for the network, log in, or say what is missing or wrong. */
export type ApiErrorKind = 'offline' | 'unauthenticated' | 'missing' | 'failed'

/** A request to the cloud that did not succeed; `detail` says what to do, in the cloud's own words where it has any. */
export class ApiError extends Error {
  readonly kind: ApiErrorKind
  /** HTTP status, 0 where no answer came. */
  readonly status: number

  constructor(message: string, options: { kind: ApiErrorKind; status: number; cause?: unknown }) {
    super(message, { cause: options.cause })
    this.name = 'ApiError'
    this.kind = options.kind
    this.status = options.status
  }
}

/** The error of an answer that is not 2xx, told by its problem details (RFC 9457) where the body has them; a person reads it. */
export async function errorOf(response: Response): Promise<ApiError> {
  const { status } = response
  const kind = status === 401 ? 'unauthenticated' : status === 404 ? 'missing' : 'failed'
  const problem = await problemOf(response)
  return new ApiError(
    (problem && wordsOf(problem)) || `Fairmile cannot answer now (${status}). Try again in a few minutes.`,
    { kind, status },
  )
}

/** A problem in words: of fields that are wrong their names without where in the request they were. */
function wordsOf({ detail = '', errors = [] }: Partial<Problem>): string {
  if (errors.length === 0) return detail
  return `${errors.map(({ path, message }) => `${path.split('.').slice(1).join('.') || path}: ${message}`).join('; ')}.`
}

async function problemOf(response: Response): Promise<Partial<Problem> | null> {
  if (!response.headers.get('content-type')?.includes('json')) return null
  try {
    return (await response.json()) as Partial<Problem>
  } catch {
    return null // a cut-off body: the status alone is told
  }
}
