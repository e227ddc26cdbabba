import type { Problem } from '@fairmile/contract/http/problem.ts'
import type { Context } from 'hono'
import { HTTPException } from 'hono/http-exception'

/** The catalogue of problems: status and title by kind. `type` in the body is `/problems/KIND`. */
const kinds = {
  malformed: { status: 400, title: 'The request could not be read' },
  unauthorized: { status: 401, title: 'Log in first' },
  forbidden: { status: 403, title: 'Not allowed' },
  'not-found': { status: 404, title: 'Not found' },
  'method-not-allowed': { status: 405, title: 'Method not allowed' },
  conflict: { status: 409, title: 'Conflict' },
  'precondition-failed': { status: 412, title: 'It was changed meanwhile' },
  'too-large': { status: 413, title: 'The request is too large' },
  'unsupported-media-type': { status: 415, title: 'The body has to be JSON' },
  validation: { status: 422, title: 'A field is not valid' },
  'too-many-requests': { status: 429, title: 'Too many requests' },
  internal: { status: 500, title: 'Something went wrong here' },
  unavailable: { status: 503, title: 'Not ready' },
} as const satisfies Record<string, { status: number; title: string }>
export type ProblemKind = keyof typeof kinds
export const problemKinds = Object.keys(kinds) as ProblemKind[]

/** Status of a kind of problem, for the descriptions of routes. */
export const statusOf = <K extends ProblemKind>(kind: K): (typeof kinds)[K]['status'] => kinds[kind].status
export const titleOf = (kind: ProblemKind): string => kinds[kind].title

/** An error that the caller of the API is told about, in these words. */
export class ProblemError extends Error {
  readonly kind: ProblemKind
  readonly errors: Problem['errors']
  readonly headers: Record<string, string>

  constructor(
    kind: ProblemKind,
    detail: string,
    { errors, headers = {} }: { errors?: Problem['errors']; headers?: Record<string, string> } = {},
  ) {
    super(detail)
    this.kind = kind
    this.errors = errors
    this.headers = headers
  }
}

/** What a request is told while the database cannot be reached; the log has the cause. */
export const databaseAway = (cause: unknown): ProblemError =>
  Object.assign(
    new ProblemError('unavailable', 'The database is away for a moment; ask again.', {
      headers: { 'retry-after': '2' },
    }),
    { cause },
  )

/** Answers with the problem details (RFC 9457) of an error; what is not a `ProblemError` is told to `log` alone. */
export function answerProblem(c: Context, error: unknown, log: (error: unknown) => void): Response {
  const problem = asProblem(error)
  if (problem.kind === 'internal' || problem.cause !== undefined) log(problem.cause ?? error)
  const body = problemOf(problem, c.req.path)
  return c.body(JSON.stringify(body), kinds[problem.kind].status, {
    ...problem.headers,
    'content-type': 'application/problem+json',
    'cache-control': 'no-store',
  })
}

/** The problem details of an error, for the path that was asked for. */
export function problemOf({ kind, message, errors }: ProblemError, path: string): Problem {
  const { status, title } = kinds[kind]
  return { type: `/problems/${kind}`, title, status, detail: message, instance: path, ...(errors && { errors }) }
}

function asProblem(error: unknown): ProblemError {
  if (error instanceof ProblemError) return error
  if (error instanceof HTTPException) {
    if (error.status === 413) return new ProblemError('too-large', error.message || 'The body is over the limit.')
    if (error.status < 500) return new ProblemError('malformed', error.message)
  }
  return new ProblemError('internal', 'The error is in the log of the service; trying again may help.')
}
