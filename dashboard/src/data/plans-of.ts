import type { RatingPlan } from '@fairmile/contract/rating-plan.ts'
import type { Receipt } from '@fairmile/contract/receipt.ts'
import { api } from './api.ts'
import { ApiError } from './api-error.ts'
import { publishedPlans } from './published-plans.ts'

/** The published plans that a receipt may rest on: those of these pages, and the one of its id where it was approved since. */
export async function plansOf({ plan: { id } }: Receipt): Promise<readonly RatingPlan[]> {
  if (publishedPlans.some((plan) => plan.id === id)) return publishedPlans
  try {
    const { plan } = await api.plan(id)
    return [...publishedPlans, plan as unknown as RatingPlan]
  } catch (error) {
    if (error instanceof ApiError && error.kind === 'missing') return publishedPlans
    throw error
  }
}
