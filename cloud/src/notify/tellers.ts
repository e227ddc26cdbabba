import type {
  DomainEventData,
  DomainEventType,
  StoredDomainEvent,
} from '@fairmile/contract/domain-events/domain-event.ts'
import type { Told } from '@fairmile/contract/http/notifications.ts'
import { and, desc, eq, gte, lt, or, type SQL } from 'drizzle-orm'
import { countsByLimit } from '../contests/counts-by-limit.ts'
import { limitMayCount } from '../contests/limit-may-count.ts'
import type { Database } from '../db/database.ts'
import { contestRulingRows, contests, correctedEvents } from '../db/schema/contests.ts'
import { policies } from '../db/schema/people.ts'
import { scores } from '../db/schema/pricing.ts'
import { rewardRedemptions, rewardTransactions } from '../db/schema/rewards.ts'
import { drivingEvents } from '../db/schema/trips.ts'
import { countingScores, isShown, minimumKm } from '../risk/score-standing.ts'
import type { HighRisk } from './high-risk.ts'
import { tellOfAssignment } from './tell-of-assignment.ts'
import { tellOfPolicy } from './tell-of-policy.ts'
import { tellOfPremium } from './tell-of-premium.ts'

/** What is to be told of an event, and to whom; null where it concerns no driver, or changes nothing for them. */
type ToldDriver = (Told & { readonly driverId: string }) | null

/** What is data of what is told. */
interface Limits {
  readonly highRisk: HighRisk
}

type Tellers = {
  readonly [T in DomainEventType]?: (
    tx: Database,
    data: DomainEventData<T>,
    limits: Limits,
  ) => Promise<ToldDriver> | ToldDriver
}

/** Which events make which notification. */
const tellers: Tellers = {
  DriverCreated: (_tx, { driverId }) => ({ driverId, kind: 'welcome', data: {} }),
  RiskScoreCalculated: tellOfHighRisk,
  PremiumUpdated: tellOfPremium,
  ContestRuled: tellOfRuling,
  TripCompleted: tellOfAssignment,
  RedemptionSettled: tellOfRedemption,
  PolicyChanged: tellOfPolicy,
  PointsCorrected: tellOfPoints,
  SafetyAlert: (_tx, { driverId, alert }) =>
    driverId === null ? null : { driverId, kind: 'safety_alert', data: alert },
}

/** What is to be told of an event. */
export async function tell(tx: Database, event: StoredDomainEvent, limits: Limits): Promise<ToldDriver> {
  const teller = tellers[event.type] as
    | ((tx: Database, data: StoredDomainEvent['data'], limits: Limits) => ReturnType<typeof tell>)
    | undefined
  return (await teller?.(tx, event.data, limits)) ?? null
}

/**
 * Tells when the risk goes past the limit, by the scores before: the last that was clearly high or clearly calm decides. A score of fewer
 * kilometres than the plan asks for is told to nobody, and decides nothing.
 */
async function tellOfHighRisk(
  tx: Database,
  { driverId, version, risk }: StoredDomainEvent<'RiskScoreCalculated'>['data'],
  { highRisk: { limit, calm } }: Limits,
): Promise<ToldDriver> {
  if (risk < limit || !(await isShown(tx, { driverId, version }))) return null
  const enough = gte(scores.judgedKm, await minimumKm(tx, driverId))
  const earlier = (which?: SQL) =>
    tx
      .select({ risk: scores.risk })
      .from(scores)
      .where(and(countingScores(driverId), enough, lt(scores.version, version), which))
      .orderBy(desc(scores.version))
      .limit(1)
  const [before] = await earlier(or(gte(scores.risk, limit), lt(scores.risk, calm)))
  if (before && before.risk >= limit) return null
  const isFirst = !before && (await earlier()).length === 0
  return { driverId, kind: 'high_risk', data: { risk, limit, isFirst } }
}

/** Tells what was ruled on which event, what that event had done to the premium, and what it is by a limit that was put right; of a premium that is another's, nothing. */
async function tellOfRuling(
  tx: Database,
  { contestId, eventId, driverId, ruling }: StoredDomainEvent<'ContestRuled'>['data'],
): Promise<ToldDriver> {
  const { kind, band, startAt } = drivingEvents
  const [event] = await tx.select({ kind, band, startAt }).from(drivingEvents).where(eq(drivingEvents.id, eventId))
  const { effectMinor, currency, settles } = contestRulingRows
  const [word] = await tx
    .select({ effectMinor, currency })
    .from(contestRulingRows)
    .innerJoin(contests, eq(contests.id, contestRulingRows.contestId))
    .innerJoin(policies, and(eq(policies.id, contests.policyId), eq(policies.driverId, driverId)))
    .where(and(eq(contestRulingRows.contestId, contestId), settles))
  return {
    ...{ driverId, kind: 'contest_ruled' },
    data: {
      ...{ contestId, eventId, ruling },
      event: event ? { ...event, startAt: event.startAt.toISOString() } : null,
      effect:
        word?.currency && word.effectMinor !== null
          ? { premiumMinor: word.effectMinor, currency: word.currency }
          : null,
      limit: ruling === 'upheld' ? await trueLimitOf(tx, contestId) : null,
    },
  }
}

/** By which limit the event of a contest that put it right was judged in the end, and what it is by that; null where by none. */
async function trueLimitOf(tx: Database, contestId: string) {
  const { limitKmh, band, correctionId } = correctedEvents
  const [judged] = await tx
    .select({ limitKmh, band, grade: drivingEvents.grade })
    .from(contests)
    .innerJoin(correctedEvents, eq(correctedEvents.eventId, contests.eventId))
    .innerJoin(drivingEvents, eq(drivingEvents.id, contests.eventId))
    .where(and(eq(contests.id, contestId), countsByLimit, limitMayCount))
    .orderBy(desc(correctionId))
    .limit(1)
  if (!judged) return null
  const counts = judged.band === 'count' && judged.grade === 'A'
  return { limitKmh: judged.limitKmh, isSpeeding: judged.band !== null, counts }
}

/** Tells what became of what was had for points. */
async function tellOfRedemption(
  tx: Database,
  { redemptionId, driverId, state, backPoints }: StoredDomainEvent<'RedemptionSettled'>['data'],
): Promise<ToldDriver> {
  const { id, title, titles, points, reason } = rewardRedemptions
  const [row] = await tx.select({ title, titles, points, reason }).from(rewardRedemptions).where(eq(id, redemptionId))
  if (!row) return null
  const { titles: others, ...redemption } = row
  const back = { ...(others && { titles: others }), ...(backPoints !== undefined && { backPoints }) }
  return { driverId, kind: 'redemption_settled', data: { redemptionId, state, ...redemption, ...back } }
}

/** Tells of points that a person gave or took, and why. */
async function tellOfPoints(
  tx: Database,
  { transactionId, driverId, points, balance }: StoredDomainEvent<'PointsCorrected'>['data'],
): Promise<ToldDriver> {
  const { id, reason } = rewardTransactions
  const [made] = await tx
    .select({ reason })
    .from(rewardTransactions)
    .where(eq(id, Number(transactionId)))
  if (!made) return null
  return { driverId, kind: 'points_corrected', data: { points, balance, reason: made.reason ?? '' } }
}
