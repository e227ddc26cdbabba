import { createHash } from 'node:crypto'
import type { Redemption } from '@fairmile/contract/http/rewards.ts'
import type { RedemptionKind, RewardCatalogue, RewardJurisdiction } from '@fairmile/contract/reward-catalogue.ts'
import { countsInYear, jurisdictionOf, type Refusal, refusalOf } from '@fairmile/models/rewards/redemption.ts'
import { and, eq, gte, lte, sql } from 'drizzle-orm'
import { type Database, selectRows } from '../db/database.ts'
import { policies } from '../db/schema/people.ts'
import { rewardRedemptions } from '../db/schema/rewards.ts'
import { drawPublicId } from '../drivers/public-id.ts'
import { recordDomainEvent } from '../events/outbox.ts'
import { ProblemError } from '../http/problem.ts'
import { lockAccount } from './account.ts'
import { post } from './post.ts'

const words: Record<Refusal, string> = {
  kind_not_allowed: 'Where you are insured, this may not be given for points.',
  other_currency: 'The offer is in another currency than the limit of the year.',
  over_the_year: 'With this you would be given more in this calendar year than is allowed.',
  balance_too_low: 'There are not enough points for this.',
}

/** What a driver wants for points. */
export interface RedemptionRequest {
  driverId: string
  offerId: string
  /** The request's `Idempotency-Key`: the same one never spends twice, however much later it comes. */
  key: string
  now: number
}

/**
 * Spends points on an offer. The account is locked meanwhile, so that whoever asks at the same time sees what is left.
 *
 * @throws ProblemError `not-found` for an offer that there is not, `conflict` where it cannot be had, or where the key was used for another
 */
export async function redeem(
  db: Database,
  catalogue: RewardCatalogue,
  { driverId, offerId, key, now }: RedemptionRequest,
): Promise<Redemption> {
  const offer = catalogue.offers.find(({ id }) => id === offerId)
  if (!offer) throw new ProblemError('not-found', `There is no offer "${offerId}".`)
  const keyHash = createHash('sha256').update(`${driverId}\n${key}`).digest('hex')
  return db.transaction(async (tx) => {
    const account = await lockAccount(tx, driverId)
    const mine = and(eq(rewardRedemptions.accountId, account.id), eq(rewardRedemptions.keyHash, keyHash))
    const [made] = await tx.select().from(rewardRedemptions).where(mine)
    if (made && made.offerId !== offerId)
      throw new ProblemError('conflict', 'This Idempotency-Key was used for another offer; draw a new one.')
    if (made) return toRedemption(made, account.balance)
    const { jurisdiction, givenMinor } = await yearOf(tx, catalogue, { driverId, accountId: account.id, now })
    const refusal = refusalOf(offer, { jurisdiction, balance: account.balance, givenMinor })
    if (refusal) throw new ProblemError('conflict', words[refusal])
    const id = drawPublicId('RDM')
    const at = new Date(now)
    const transactionId = await post(tx, {
      ...{ accountId: account.id, kind: 'redemption', cause: `redemption:${id}`, part: 1, at },
      catalogue: `${catalogue.id}/${catalogue.version}`,
      entries: [
        { account: 'driver', points: -offer.points },
        { account: 'redeemed', points: offer.points },
      ],
    })
    const row = {
      ...{ id, accountId: account.id, transactionId, keyHash, offerId, kind: offer.kind },
      ...{ title: offer.title, titles: offer.titles ?? null },
      ...{ points: offer.points, valueMinor: offer.valueMinor, currency: offer.currency, madeAt: at },
      ...{ countsInYear: countsInYear(jurisdiction, offer), jurisdiction: jurisdiction.id },
    }
    await tx.insert(rewardRedemptions).values(row)
    const { points, valueMinor, currency } = row
    await recordDomainEvent(tx, {
      ...{ type: 'PointsRedeemed', subject: driverId },
      data: { redemptionId: id, driverId, offerId, kind: offer.kind, points, valueMinor, currency },
    })
    return toRedemption(row, account.balance - offer.points)
  })
}

/** What the law lets a driver be given, and what they were given in this calendar year. */
export async function yearOf(
  db: Database,
  catalogue: RewardCatalogue,
  { driverId, accountId, now }: { driverId: string; accountId: number | null; now: number },
): Promise<{ jurisdiction: RewardJurisdiction; givenMinor: number }> {
  const today = new Date(now).toISOString().slice(0, 10)
  const insured = await db
    .selectDistinct({ planId: policies.planId, place: sql<string | null>`${policies.rated} ->> 'jurisdiction'` })
    .from(policies)
    .where(and(eq(policies.driverId, driverId), lte(policies.startsOn, today), gte(policies.endsOn, today)))
  const [given] = await selectRows<{ minor: number }>(
    db,
    sql`SELECT coalesce(sum(value_minor), 0)::int AS minor FROM reward_redemptions
        WHERE account_id = ${accountId} AND made_at >= ${`${today.slice(0, 4)}-01-01`}::timestamptz AND counts_in_year AND state <> 'refused'`,
  )
  return { jurisdiction: jurisdictionOf(catalogue, insured), givenMinor: given?.minor ?? 0 }
}

const toRedemption = (
  row: Pick<
    typeof rewardRedemptions.$inferSelect,
    'id' | 'offerId' | 'kind' | 'title' | 'points' | 'valueMinor' | 'currency' | 'madeAt'
  >,
  balance: number,
): Redemption => {
  const { id, offerId, title, points, valueMinor, currency, madeAt } = row
  const kind = row.kind as RedemptionKind
  return { id, offerId, kind, title, points, valueMinor, currency, madeAt: madeAt.toISOString(), balance }
}
