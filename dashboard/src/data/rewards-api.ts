import type { Page } from '@fairmile/contract/http/page.ts'
import type {
  AdminRedemption,
  LeaderBoard,
  Redemption,
  RedemptionQuery,
  RewardEntry,
  Rewards,
  SettleRedemptionBody,
} from '@fairmile/contract/http/rewards.ts'
import { answer, client } from './client.ts'
import { of, type PageOf, pageOf, queryOf, until } from './parameters.ts'

const { GET, POST, PUT, DELETE } = client

/** Points, challenges, boards and what points are given for. */
export const rewardsApi = {
  rewards: (driverId: string, signal?: AbortSignal): Promise<Rewards> =>
    answer(GET('/api/v1/drivers/{driverId}/rewards', of({ driverId }, signal))),
  rewardEntries: (driverId: string, page: PageOf = {}, signal?: AbortSignal): Promise<Page<RewardEntry>> =>
    answer(GET('/api/v1/drivers/{driverId}/rewards/entries', pageOf({ driverId }, page, signal))),
  /** Joins a challenge, or leaves it. */
  takeChallenge: (driverId: string, challengeId: string, method: 'PUT' | 'DELETE'): Promise<Rewards> =>
    answer(
      (method === 'PUT' ? PUT : DELETE)(
        '/api/v1/drivers/{driverId}/rewards/challenges/{challengeId}',
        of({ driverId, challengeId }),
      ),
    ),
  takePart: (driverId: string, boardId: string, takesPart: boolean): Promise<Rewards> =>
    answer(
      PUT('/api/v1/drivers/{driverId}/rewards/leader-board', { ...of({ driverId }), body: { boardId, takesPart } }),
    ),
  /** @param idempotencyKey drawn before the first try, the same for each: it happens once */
  redeem: (driverId: string, offerId: string, idempotencyKey: string): Promise<Redemption> =>
    answer(
      POST('/api/v1/drivers/{driverId}/rewards/redemptions', {
        params: { path: { driverId }, header: { 'idempotency-key': idempotencyKey } },
        body: { offerId },
      }),
    ),
  /** For admins: what drivers had for points, of a state. */
  redemptions: (
    state: RedemptionQuery['state'],
    page: PageOf = {},
    signal?: AbortSignal,
  ): Promise<Page<AdminRedemption>> =>
    answer(
      GET('/api/v1/admin/rewards/redemptions', { params: { query: { state, ...queryOf(page) } }, ...until(signal) }),
    ),
  settleRedemption: (redemptionId: string, body: SettleRedemptionBody): Promise<AdminRedemption> =>
    answer(POST('/api/v1/admin/rewards/redemptions/{redemptionId}/settlement', { ...of({ redemptionId }), body })),
  leaderBoard: (boardId: string, signal?: AbortSignal): Promise<LeaderBoard> =>
    answer(GET('/api/v1/leader-boards/{boardId}', of({ boardId }, signal))),
}
