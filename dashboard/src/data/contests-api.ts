import type {
  Contest,
  ContestDetail,
  ContestQuery,
  OpenContestBody,
  RuleContestBody,
} from '@fairmile/contract/http/contests.ts'
import type { DrivingEventEvidence } from '@fairmile/contract/http/events.ts'
import type { Page } from '@fairmile/contract/http/page.ts'
import { answer, client } from './client.ts'
import { of, type PageOf, pageOf, queryOf, sent, until } from './parameters.ts'

const { GET, POST } = client

/** What speaks for and against an event, and what becomes of its contest. */
export const contestsApi = {
  evidence: (eventId: string, signal?: AbortSignal): Promise<DrivingEventEvidence> =>
    answer(GET('/api/v1/events/{eventId}/trace', of({ eventId }, signal))),
  openContest: (eventId: string, body: OpenContestBody): Promise<Contest> =>
    answer(POST('/api/v1/events/{eventId}/contest', { ...of({ eventId }), body: sent(body) })),
  contestsOf: (driverId: string, page: PageOf = {}, signal?: AbortSignal): Promise<Page<Contest>> =>
    answer(GET('/api/v1/drivers/{driverId}/contests', pageOf({ driverId }, page, signal))),
  contestQueue: (state: ContestQuery['state'], page: PageOf = {}, signal?: AbortSignal): Promise<Page<Contest>> =>
    answer(GET('/api/v1/contests', { params: { query: { state, ...queryOf(page) } }, ...until(signal) })),
  contest: (contestId: string, signal?: AbortSignal): Promise<ContestDetail> =>
    answer(GET('/api/v1/contests/{contestId}', of({ contestId }, signal))),
  ruleContest: (contestId: string, body: RuleContestBody): Promise<ContestDetail> =>
    answer(POST('/api/v1/contests/{contestId}/rulings', { ...of({ contestId }), body: sent(body) })),
  withdrawContest: (contestId: string, version: number): Promise<ContestDetail> =>
    answer(POST('/api/v1/contests/{contestId}/withdrawal', { ...of({ contestId }), body: { version } })),
}
