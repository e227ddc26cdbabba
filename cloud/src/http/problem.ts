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

/** What a kind of problem means and what its caller can do, for people who follow its `type`. */
const meanings: Record<ProblemKind, string> = {
  malformed: 'The request is no HTTP or JSON that can be read: see that the body is whole, and JSON.',
  unauthorized: 'Nobody is logged in, or the session has ended: log in at POST /api/v1/auth/login.',
  forbidden: 'Who is logged in may not do this.',
  'not-found': 'There is no such thing, or it is somebody else’s: the answer is the same for both.',
  'method-not-allowed': 'There is something at this path, but it takes other methods: see the header Allow.',
  conflict: 'It cannot be done as things stand now; the detail says what is in the way.',
  'precondition-failed': 'It is not what If-Match names any more: read it again, and decide anew.',
  'too-large': 'The body is over the limit, which the detail names.',
  'unsupported-media-type': 'The body has to be JSON, sent as application/json.',
  validation:
    'The request can be read but a value in it cannot be: errors lists each field by its path, and what is wrong with it.',
  'too-many-requests': 'More requests came than are allowed for now: wait as long as the header Retry-After says.',
  internal: 'The service failed, and its log says why; trying again may help.',
  unavailable: 'Something that the answer needs is away for a moment: ask again.',
}

/** What stands at the `type` of a problem; null for no kind of ours. */
export function describeProblem(kind: string): { type: string; title: string; status: number; meaning: string } | null {
  const known = problemKinds.find((name) => name === kind)
  return known ? { type: `/problems/${known}`, ...kinds[known], meaning: meanings[known] } : null
}

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
