import { Problem } from '@fairmile/contract/http/problem.ts'
import type { z } from '@hono/zod-openapi'
import { type ProblemKind, statusOf, titleOf } from './problem.ts'

/** Schemes of the OpenAPI document: any of them lets in. */
export const loggedInBy: Record<string, string[]>[] = [{ cookie: [] }, { bearer: [] }]

/** A JSON answer of a route, for its description. */
export const json = <T extends z.ZodType>(schema: T, description: string) => ({
  content: { 'application/json': { schema } },
  description,
})

/** A JSON body of a route that must be there, for its description. */
export const jsonRequest = <T extends z.ZodType>(schema: T) => ({
  required: true as const,
  content: { 'application/json': { schema } },
})

/** The problems that a route may answer with, for its description. */
export function problems(...kinds: ProblemKind[]) {
  return Object.fromEntries(
    kinds.map((kind) => [
      statusOf(kind),
      { content: { 'application/problem+json': { schema: Problem } }, description: titleOf(kind) },
    ]),
  )
}
