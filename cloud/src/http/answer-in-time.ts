import type { MiddlewareHandler } from 'hono'
import type { AppEnv } from './env.ts'
import { answerProblem, ProblemError } from './problem.ts'
import { strictHeaders } from './security.ts'

/** How long a read may take, ms: many times what the slowest needs, and less than browsers and proxies wait. */
const defaultLimitMs = 10_000
/** What is written as it is read, and may take as long as it has rows. */
const unlimited = /^\/api\/v1\/(.+\/)?exports?(\/|$)/

interface AnswerInTimeOptions {
  /** @default 10,000 */
  readonly limitMs?: number | undefined
  /** Told why there was no answer. */
  readonly log: (error: unknown, path: string) => void
}

/**
 * Gives up a read that is not answered in time: a database that has stopped without a word would be waited for until its connection is
 * found dead. What was asked goes on, as nobody can call it back, and its answer goes nowhere. What writes is waited for: whether it was
 * done is worth more than a word in time.
 */
export function answerInTime({ limitMs = defaultLimitMs, log }: AnswerInTimeOptions): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    const { method, path } = c.req
    if (method !== 'GET' || unlimited.test(path)) return next()
    const late = Promise.withResolvers<'late'>()
    const timer = setTimeout(() => late.resolve('late'), limitMs)
    try {
      if ((await Promise.race([next(), late.promise])) !== 'late') return undefined
    } finally {
      clearTimeout(timer)
    }
    c.res = answerProblem(c, notInTime(limitMs), (error) => log(error, path))
    return strictHeaders(c, async () => {})
  }
}

function notInTime(limitMs: number): ProblemError {
  const seconds = String(Math.ceil(limitMs / 1000))
  const detail = `There was no answer within ${seconds} s; ask again.`
  const cause = new Error(`Answering a read: not within ${limitMs} ms`)
  return Object.assign(new ProblemError('unavailable', detail, { headers: { 'retry-after': seconds } }), { cause })
}
