import { z } from 'zod'

/** Problem details of RFC 9457: the body of every error, as `application/problem+json`. */
export const Problem = z
  .object({
    /** A URI reference that names the kind of problem: `/problems/validation`. */
    type: z.string(),
    title: z.string(),
    status: z.int().min(400).max(599),
    /** What went wrong this time, and what to do. */
    detail: z.string(),
    /** The path that was asked for. */
    instance: z.string(),
    /** Every field that failed, for `/problems/validation`. */
    errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
  })
  .meta({ id: 'Problem' })
export type Problem = z.infer<typeof Problem>
