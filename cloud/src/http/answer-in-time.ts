import { Hono } from 'hono'
import { getPath } from 'hono/utils/url'
import type { AppEnv, Fetch } from './env.ts'
import { answerProblem, ProblemError } from './problem.ts'
import { strictHeaders } from './security.ts'

/** How long a read may take, ms: many times what the slowest needs, and less than browsers and proxies wait. */
export const defaultLimitMs = 10_000
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
 * found dead. What was asked goes on, as nobody can call it back, in a context that nobody touches: its answer is kept as any other, for
 * those who ask again. They do not wait for it (`cached`): it may be stuck while the database is back. What writes is waited for: whether it was done is worth more than a word in time.
 */
export function answerInTime(fetch: Fetch, { limitMs = defaultLimitMs, log }: AnswerInTimeOptions): Fetch {
  const late = new Hono<AppEnv>()
  late.use(strictHeaders)
  late.get('*', (c) => answerProblem(c, notInTime(limitMs), (error) => log(error, c.req.path)))
  return (request, env, ...rest) => {
    const answer = fetch(request, env, ...rest)
    if (request.method !== 'GET' || !(answer instanceof Promise)) return answer
    const path = getPath(request)
    if (!path.startsWith('/api/') || unlimited.test(path)) return answer
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => resolve(late.fetch(request, env)), limitMs)
      answer.then(resolve, reject).finally(() => clearTimeout(timer))
    })
  }
}

function notInTime(limitMs: number): ProblemError {
  const seconds = String(Math.ceil(limitMs / 1000))
  const detail = `There was no answer within ${seconds} s; ask again.`
  const cause = new Error(`Answering a read: not within ${limitMs} ms`)
  return Object.assign(new ProblemError('unavailable', detail, { headers: { 'retry-after': seconds } }), { cause })
}
