import type { Hook } from '@hono/zod-openapi'
import type { AppEnv } from './env.ts'
import { oddText } from './odd-text.ts'
import { ProblemError } from './problem.ts'

/** What was validated, as `@hono/zod-openapi` hands it to a hook. */
type Validated = Parameters<Hook<unknown, AppEnv, string, unknown>>[0]

/** Turns what a schema refuses, or no database keeps, into one problem that lists every field. */
export const rejectInvalid: Hook<unknown, AppEnv, string, unknown> = (result) => {
  const errors = errorsOf(result)
  if (errors.length === 0) return
  throw new ProblemError('validation', errors.map(({ path, message }) => `${path}: ${message}`).join('; '), { errors })
}

/** Every field that is not valid. */
export function errorsOf(result: Validated): { path: string; message: string }[] {
  const odd = result.success ? oddText(result.data) : null
  const issues = result.success ? (odd ? [odd] : []) : result.error.issues
  return issues.map(({ path, message }) => ({ path: [result.target, ...path].join('.'), message }))
}
