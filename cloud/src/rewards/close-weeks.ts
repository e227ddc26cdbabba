import type { RewardCatalogue } from '@fairmile/contract/reward-catalogue.ts'
import { addDays, dayOf, mondayOf } from '@fairmile/models/rewards/calendar.ts'
import { sql } from 'drizzle-orm'
import { type Database, selectRows } from '../db/database.ts'
import { transactAgain } from '../db/transact-again.ts'
import { settleDriver } from './settle.ts'

/** Drivers whose ids are read at once. */
const pageSize = 500

interface CloseOptions {
  readonly catalogue: RewardCatalogue
  /** Wall clock, UTC epoch milliseconds. */
  readonly now: number
  readonly signal?: AbortSignal
  /** Told of a driver whose week could not be closed; the others' are. */
  readonly failed: (driverId: string, error: unknown) => void
}

/**
 * Closes the newest week that is due for all drivers who have it open, and decides challenges whose days are over.
 *
 * Each driver is a transaction of their own; who is settled already is not looked at. Who fails holds up no other, and waits for the next time.
 */
export async function closeRewardWeeks(
  db: Database,
  { catalogue, now, signal, failed }: CloseOptions,
): Promise<{ drivers: number; posted: number; failed: number }> {
  const newest = addDays(mondayOf(addDays(dayOf(now), -catalogue.closeAfterDays)), -7)
  const done = { drivers: 0, posted: 0, failed: 0 }
  let after = ''
  while (!signal?.aborted) {
    const page = await selectRows<{ id: string }>(
      db,
      sql`
        SELECT id FROM drivers d
        WHERE id > ${after} AND EXISTS (SELECT 1 FROM policies p WHERE p.driver_id = d.id) AND (
          NOT EXISTS (SELECT 1 FROM reward_weeks w WHERE w.driver_id = d.id AND w.week = ${newest}::date)
          OR EXISTS (SELECT 1 FROM reward_participations r
                     WHERE r.driver_id = d.id AND r.left_at IS NULL AND r.decided_at IS NULL))
        ORDER BY id LIMIT ${pageSize}`,
    )
    for (const { id } of page) {
      if (signal?.aborted) break
      try {
        done.posted += await transactAgain(db, (tx) => settleDriver(tx, { driverId: id, catalogue, now }))
        done.drivers++
      } catch (error) {
        if (signal?.aborted) throw error
        done.failed++
        failed(id, error)
      }
    }
    if (page.length < pageSize) break
    after = page.at(-1)!.id
  }
  return done
}
