import { z } from 'zod'
import { RatingPlan } from './rating-plan.ts'

/** JSON Schema of rating plans, draft 2020-12; what hangs on several fields at once is checked by the reader alone. */
export function ratingPlanSchema(): Record<string, unknown> {
  const { $schema, ...schema } = z.toJSONSchema(RatingPlan, { target: 'draft-2020-12' })
  return { $schema, $id: 'urn:fairmile:rating-plan', title: 'A rating plan of Fairmile', ...schema }
}
