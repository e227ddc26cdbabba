import type { DriverReasons } from '@fairmile/contract/http/reasons.ts'
import type { ScoreBreakdown, ScoreComparison, ScoreRecommendations, ScoreTrend } from '@fairmile/contract/http/risk.ts'
import type { Score } from '@fairmile/contract/http/score.ts'
import type { WhatIf } from '@fairmile/contract/http/what-if.ts'
import { answer, client } from './client.ts'
import { of } from './parameters.ts'

const { GET, POST } = client

/** A driver's score, and everything that is said of it. */
export const scoreApi = {
  score: (driverId: string, signal?: AbortSignal): Promise<Score> =>
    answer(GET('/api/v1/drivers/{driverId}/score', of({ driverId }, signal))),
  reasons: (driverId: string, signal?: AbortSignal): Promise<DriverReasons> =>
    answer(GET('/api/v1/drivers/{driverId}/reasons', of({ driverId }, signal))),
  breakdown: (driverId: string, signal?: AbortSignal): Promise<ScoreBreakdown> =>
    answer(GET('/api/v1/drivers/{driverId}/breakdown', of({ driverId }, signal))),
  comparison: (driverId: string, signal?: AbortSignal): Promise<ScoreComparison> =>
    answer(GET('/api/v1/drivers/{driverId}/comparison', of({ driverId }, signal))),
  recommendations: (driverId: string, signal?: AbortSignal): Promise<ScoreRecommendations> =>
    answer(GET('/api/v1/drivers/{driverId}/recommendations', of({ driverId }, signal))),
  /** What score and price would be without some events. */
  whatIfWithout: (driverId: string, withoutEvents: string[]): Promise<WhatIf> =>
    answer(POST('/api/v1/drivers/{driverId}/what-if', { ...of({ driverId }), body: { changes: [], withoutEvents } })),
  trend: (driverId: string, signal?: AbortSignal): Promise<ScoreTrend> =>
    answer(GET('/api/v1/drivers/{driverId}/trend', of({ driverId }, signal))),
}
