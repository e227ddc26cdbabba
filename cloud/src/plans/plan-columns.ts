import { createHash } from 'node:crypto'
import type { RatingPlan } from '@fairmile/contract/rating-plan.ts'
import { canonicalJson } from '@fairmile/models/canonical-json.ts'

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

/** The columns of a plan that are of the plan itself. */
export function columnsOf(plan: RatingPlan) {
  const { id, version, title, effectiveFrom, effectiveUntil = null } = plan
  const body = canonicalJson(plan)
  return { id, version, title, body, hash: sha256(body), effectiveFrom, effectiveUntil }
}
