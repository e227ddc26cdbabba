import type { Hook } from '@hono/zod-openapi'
import type { AppEnv } from './env.ts'
import { ProblemError } from './problem.ts'

/** Turns what a schema refuses into one problem that lists every field. */
export const rejectInvalid: Hook<unknown, AppEnv, string, unknown> = (result) => {
  if (result.success) return
  const errors = result.error.issues.map(({ path, message }) => ({ path: [result.target, ...path].join('.'), message }))
  throw new ProblemError('validation', errors.map(({ path, message }) => `${path}: ${message}`).join('; '), { errors })
}
