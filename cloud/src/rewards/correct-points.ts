import { randomUUID } from 'node:crypto'
import type { RewardCatalogue } from '@fairmile/contract/reward-catalogue.ts'
import type { Database } from '../db/database.ts'
import { recordDomainEvent } from '../events/outbox.ts'
import { ProblemError } from '../http/problem.ts'
import { lockAccount } from './account.ts'
import { post } from './post.ts'

/** Points given or taken by a person. */
export interface PointsCorrection {
  driverId: string
  /** Above zero to give. */
  points: number
  reason: string
  /** Id of the user who does it. */
  by: string
  now: number
}

/** Gives or takes points by hand, at the expense or in favour of the issuer. @throws ProblemError `conflict` where there are not so many */
export async function correctPoints(
  db: Database,
  catalogue: RewardCatalogue,
  { driverId, points, reason, by, now }: PointsCorrection,
): Promise<{ transactionId: string; balance: number }> {
  return db.transaction(async (tx) => {
    const account = await lockAccount(tx, driverId)
    const balance = account.balance + points
    if (balance < 0)
      throw new ProblemError('conflict', `"${driverId}" has ${account.balance} points; no balance is ever negative.`)
    const made = await post(tx, {
      ...{ accountId: account.id, kind: 'correction', cause: `correction:${randomUUID()}`, part: 1, at: new Date(now) },
      catalogue: `${catalogue.id}/${catalogue.version}`,
      by: { userId: by, reason },
      entries: [
        { account: 'driver', points },
        { account: 'issuer', points: -points },
      ],
    })
    const transactionId = String(made)
    await recordDomainEvent(tx, {
      ...{ type: 'PointsCorrected', subject: driverId },
      data: { transactionId, driverId, points, balance },
    })
    return { transactionId, balance }
  })
}
