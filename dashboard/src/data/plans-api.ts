import type { PlanDetail, PlanList } from '@fairmile/contract/http/plans.ts'
import { answer, client } from './client.ts'
import { of, until } from './parameters.ts'

const { GET, POST } = client

/** Rating plans, for admins. */
export const plansApi = {
  plans: (signal?: AbortSignal): Promise<PlanList> => answer(GET('/api/v1/plans', until(signal))),
  plan: (planId: string, signal?: AbortSignal): Promise<PlanDetail> =>
    answer(GET('/api/v1/plans/{planId}', of({ planId }, signal))),
  simulatePlan: (planId: string): Promise<PlanDetail> =>
    answer(POST('/api/v1/plans/{planId}/simulate', { ...of({ planId }), body: { assume: {} } })),
  approvePlan: (planId: string, body: { hash: string; note: string }): Promise<PlanDetail> =>
    answer(POST('/api/v1/plans/{planId}/approve', { ...of({ planId }), body })),
}
