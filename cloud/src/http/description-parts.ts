import { type ProblemKind, problemKinds, statusOf, titleOf } from './problem.ts'

const nameOf = (kind: ProblemKind): string =>
  kind.replaceAll(/(^|-)([a-z])/g, (_all, _dash, letter: string) => letter.toUpperCase())
const text = (description: string, schema: object = { type: 'string' }) => ({ description, schema })

/** Headers that answers have in common, for the description. */
export const commonHeaders = {
  ETag: text('Names these bytes; sent back as `If-None-Match` it asks whether they still hold'),
  CacheControl: text('A client may keep the answer, and has to ask whether it still holds'),
  XCache: text('Whether the answer was given again or computed', { type: 'string', enum: ['hit', 'miss'] }),
  RetryAfter: text('Seconds to wait', { type: 'integer', minimum: 1 }),
  RateLimit: text('What is left of the policy and for how many seconds: `"user";r=998;t=60`'),
  RateLimitPolicy: text('The policy and its window in seconds: `"user";q=6000;w=60`'),
} as const

/** Parameters that middleware reads, for the description. */
export const commonParameters = {
  IdempotencyKey: {
    name: 'Idempotency-Key',
    in: 'header',
    required: false,
    description:
      'Drawn anew for each thing to be done (a UUID), and the same when it is tried again: the first answer is given again for a day. For another request it is refused with 409.',
    schema: { type: 'string', pattern: '^[\\x21-\\x7e]{16,200}$' },
    example: '9f0c2f5e-6f0b-4a8e-9d5c-2f1f9a6f2b11',
  },
  IfMatch: {
    name: 'If-Match',
    in: 'header',
    required: false,
    description:
      'The `ETag` of what is to be changed (of settings, their version in quotes): 412 where it is not that any more. Without it, the last change wins.',
    schema: { type: 'string' },
  },
  IfNoneMatch: {
    name: 'If-None-Match',
    in: 'header',
    required: false,
    description: 'The `ETag` of an answer that the client has: 304 without a body while it holds.',
    schema: { type: 'string' },
  },
} as const

const limited = {
  'Retry-After': { $ref: '#/components/headers/RetryAfter' },
  RateLimit: { $ref: '#/components/headers/RateLimit' },
  'RateLimit-Policy': { $ref: '#/components/headers/RateLimitPolicy' },
}
const more: Partial<Record<ProblemKind, object>> = {
  'too-many-requests': { headers: limited },
  unavailable: { headers: { 'Retry-After': limited['Retry-After'] } },
}

/** Every kind of problem as an answer, for the description. */
export const problemResponses = Object.fromEntries(
  problemKinds.map((kind) => [
    nameOf(kind),
    {
      description: titleOf(kind),
      ...more[kind],
      content: {
        'application/problem+json': {
          schema: { $ref: '#/components/schemas/Problem' },
          example: {
            type: `/problems/${kind}`,
            title: titleOf(kind),
            status: statusOf(kind),
            detail: '…',
            instance: '/api/v1/…',
          },
        },
      },
    },
  ]),
)

export const responseRef = (kind: ProblemKind) => ({ $ref: `#/components/responses/${nameOf(kind)}` })
export const headerRef = (name: keyof typeof commonHeaders) => ({ $ref: `#/components/headers/${name}` })
export const parameterRef = (name: keyof typeof commonParameters) => ({ $ref: `#/components/parameters/${name}` })
