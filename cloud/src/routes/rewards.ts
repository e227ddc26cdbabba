import { DriverId } from '@fairmile/contract/http/ids.ts'
import { PageQuery, pageOf } from '@fairmile/contract/http/page.ts'
import {
  BoardId,
  BoardMembershipBody,
  ChallengeId,
  LeaderBoard,
  Redemption,
  RedemptionBody,
  RewardEntry,
  Rewards,
} from '@fairmile/contract/http/rewards.ts'
import type { RewardBoard, RewardCatalogue } from '@fairmile/contract/reward-catalogue.ts'
import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { loggedIn, notThere, requireUser } from '../auth/guard.ts'
import { type Changed, tagOf } from '../cache/tags.ts'
import type { Database } from '../db/database.ts'
import { requireDriver } from '../drivers/require-driver.ts'
import { json, jsonRequest, loggedInBy, problems } from '../http/describe.ts'
import type { AppEnv } from '../http/env.ts'
import { ProblemError } from '../http/problem.ts'
import { rejectInvalid } from '../http/validation.ts'
import { listEntries } from '../rewards/entries.ts'
import { joinChallenge, leaveChallenge } from '../rewards/join-challenge.ts'
import { readLeaderBoard, setMembership } from '../rewards/leader-board.ts'
import { readRewards } from '../rewards/read-rewards.ts'
import { redeem } from '../rewards/redeem.ts'

const tags = ['rewards']
const params = z.object({ driverId: DriverId })
const path = '/api/v1/drivers/{driverId}/rewards'
const common = { tags, security: loggedInBy }
const refusals = problems('unauthorized', 'not-found', 'validation')
const conflicts = problems('unauthorized', 'not-found', 'conflict', 'validation')

const read = createRoute({
  ...common,
  middleware: [loggedIn] as const,
  method: 'get',
  path,
  summary: 'Balance, streak, weeks, achievements, challenges and offers of a driver',
  request: { params },
  responses: { 200: json(Rewards, 'The rewards'), ...refusals },
})

const entries = createRoute({
  ...common,
  middleware: [loggedIn] as const,
  method: 'get',
  path: `${path}/entries`,
  summary: 'Movements of points on a driver’s account, the newest first',
  request: { params, query: PageQuery },
  responses: { 200: json(pageOf(RewardEntry), 'A page'), ...refusals },
})

const redemption = createRoute({
  ...common,
  middleware: [loggedIn] as const,
  method: 'post',
  path: `${path}/redemptions`,
  summary: 'Spend one’s points on an offer; the same Idempotency-Key never spends twice',
  request: {
    params,
    headers: z.object({ 'idempotency-key': z.string().min(16).max(200) }),
    body: jsonRequest(RedemptionBody),
  },
  responses: { 201: json(Redemption, 'What was redeemed'), ...conflicts, ...problems('forbidden') },
})

const challengePath = `${path}/challenges/{challengeId}`
const challengeParams = params.extend({ challengeId: ChallengeId })

const join = createRoute({
  ...common,
  middleware: [loggedIn] as const,
  method: 'put',
  path: challengePath,
  summary: 'Join a challenge from now on',
  request: { params: challengeParams },
  responses: { 200: json(Rewards, 'The rewards after that'), ...conflicts, ...problems('forbidden') },
})

const leave = createRoute({
  ...common,
  middleware: [loggedIn] as const,
  method: 'delete',
  path: challengePath,
  summary: 'Leave a challenge',
  request: { params: challengeParams },
  responses: { 200: json(Rewards, 'The rewards after that'), ...conflicts, ...problems('forbidden') },
})

const membership = createRoute({
  ...common,
  middleware: [loggedIn] as const,
  method: 'put',
  path: `${path}/leader-board`,
  summary: 'Take part in a leader board, or no more',
  request: { params, body: jsonRequest(BoardMembershipBody) },
  responses: { 200: json(Rewards, 'The rewards after that'), ...refusals, ...problems('forbidden') },
})

const board = createRoute({
  ...common,
  middleware: [loggedIn] as const,
  method: 'get',
  path: '/api/v1/leader-boards/{boardId}',
  summary: 'A leader board of the newest closed week, without names',
  request: { params: z.object({ boardId: BoardId }) },
  responses: { 200: json(LeaderBoard, 'The board'), ...refusals },
})

interface RewardRoutesOptions {
  readonly db: Database
  readonly changed: Changed
  readonly catalogue: RewardCatalogue
  /** What names on leader boards are drawn with. */
  readonly secret: Uint8Array
  /** Wall clock, epoch milliseconds. */
  readonly now?: (() => number) | undefined
}

/** Rewards: seen by the driver whose they are and by admins; spent, and challenges joined and left, by the driver alone. */
export function rewardRoutes(options: RewardRoutesOptions): OpenAPIHono<AppEnv> {
  const { db, changed, catalogue, secret, now = Date.now } = options
  const after = async (driverId: string) => {
    await changed(tagOf.driver(driverId), tagOf.leaderBoards)
    return readRewards(db, { driverId, catalogue, now: now() })
  }
  const boardOf = (id: string): RewardBoard => {
    const found = catalogue.boards.find((known) => known.id === id)
    if (!found) throw notThere(`leader board "${id}"`)
    return found
  }
  /** Lets in the driver alone: an admin sees what is theirs, and does nothing in their place. @throws ProblemError `forbidden` */
  const themselves = async (c: Context<AppEnv>, id: string, refusal: string): Promise<string> => {
    const driverId = await requireDriver(c, db, id)
    if (requireUser(c).driverId !== driverId) throw new ProblemError('forbidden', refusal)
    return driverId
  }
  return new OpenAPIHono<AppEnv>({ defaultHook: rejectInvalid })
    .openapi(read, async (c) => {
      const driverId = await requireDriver(c, db, c.req.valid('param').driverId)
      return c.json(await readRewards(db, { driverId, catalogue, now: now() }), 200)
    })
    .openapi(entries, async (c) => {
      const driverId = await requireDriver(c, db, c.req.valid('param').driverId)
      return c.json(await listEntries(db, driverId, c.req.valid('query')), 200)
    })
    .openapi(redemption, async (c) => {
      const driverId = await themselves(c, c.req.valid('param').driverId, 'Only a driver spends their own points.')
      const { 'idempotency-key': key } = c.req.valid('header')
      const made = await redeem(db, catalogue, { ...c.req.valid('json'), driverId, key, now: now() })
      await changed(tagOf.driver(driverId))
      return c.json(made, 201)
    })
    .openapi(join, async (c) => {
      const driverId = await themselves(
        c,
        c.req.valid('param').driverId,
        'Only a driver joins a challenge, by their own wish.',
      )
      await joinChallenge(db, catalogue, { driverId, challengeId: c.req.valid('param').challengeId, now: now() })
      return c.json(await after(driverId), 200)
    })
    .openapi(leave, async (c) => {
      const driverId = await themselves(
        c,
        c.req.valid('param').driverId,
        'Only a driver leaves a challenge that they joined.',
      )
      await leaveChallenge(db, catalogue, { driverId, challengeId: c.req.valid('param').challengeId, now: now() })
      return c.json(await after(driverId), 200)
    })
    .openapi(membership, async (c) => {
      const driverId = await requireDriver(c, db, c.req.valid('param').driverId)
      const { boardId, takesPart } = c.req.valid('json')
      if (takesPart && requireUser(c).driverId !== driverId)
        throw new ProblemError('forbidden', 'Only a driver says that they take part.')
      await setMembership(db, { boardId: boardOf(boardId).id, driverId, takesPart, now: now() })
      return c.json(await after(driverId), 200)
    })
    .openapi(board, async (c) => {
      const { driverId } = requireUser(c)
      return c.json(await readLeaderBoard(db, boardOf(c.req.valid('param').boardId), { driverId, secret }), 200)
    })
}
