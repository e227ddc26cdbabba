import type { SettleRedemptionBody } from '@fairmile/contract/http/rewards.ts'
import type { RewardCatalogue } from '@fairmile/contract/reward-catalogue.ts'
import { eq } from 'drizzle-orm'
import type { Database } from '../db/database.ts'
import { rewardAccounts, rewardRedemptions } from '../db/schema/rewards.ts'
import { recordDomainEvent } from '../events/outbox.ts'
import { ProblemError } from '../http/problem.ts'
import { post } from './post.ts'
import { takeBack } from './take-back.ts'

/** What a person says of a redemption. */
interface Settlement {
  id: string
  ask: SettleRedemptionBody
  /** Id of the user who says it. */
  by: string
  now: number
}

/**
 * Settles a redemption that is open, once and for all: it was given, or it is refused, and the points come back as a second part of what took
 * them, but for those that were no more due meanwhile. What was refused is no more counted in the year.
 *
 * @throws ProblemError `not-found` where there is none, `conflict` where it is settled
 */
export async function settleRedemption(
  db: Database,
  catalogue: RewardCatalogue,
  { id, ask, by, now }: Settlement,
): Promise<void> {
  await db.transaction(async (tx) => {
    const [row] = await tx.select().from(rewardRedemptions).where(eq(rewardRedemptions.id, id)).for('update')
    if (!row) throw new ProblemError('not-found', `There is no redemption "${id}".`)
    if (row.state !== 'open') throw new ProblemError('conflict', `Redemption "${id}" is settled: ${row.state}.`)
    const { accountId, points, transactionId: since } = row
    const { state } = ask
    const at = new Date(now)
    const [account] = await tx
      .select({ driverId: rewardAccounts.driverId })
      .from(rewardAccounts)
      .where(eq(rewardAccounts.id, accountId))
      .for('update')
    let backPoints: number | undefined
    if (state === 'refused') {
      const common = { accountId, at, catalogue: `${catalogue.id}/${catalogue.version}` }
      await post(tx, {
        ...{ ...common, kind: 'redemption', cause: `redemption:${id}`, part: 2 },
        entries: [
          { account: 'driver', points },
          { account: 'redeemed', points: -points },
        ],
      })
      backPoints = points - (await takeBack(tx, { ...common, points, since }))
    }
    const reason = state === 'refused' ? ask.reason : null
    await tx
      .update(rewardRedemptions)
      .set({ state, settledAt: at, settledBy: by, reason })
      .where(eq(rewardRedemptions.id, id))
    if (!account?.driverId) return
    const { driverId } = account
    await recordDomainEvent(tx, {
      ...{ type: 'RedemptionSettled', subject: driverId },
      data: { redemptionId: id, driverId, state, ...(backPoints !== undefined && { backPoints }) },
    })
  })
}
