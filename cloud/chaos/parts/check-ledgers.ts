import { totalStatistics } from '@fairmile/models/pricing/exposure.ts'
import { ledgerState } from '@fairmile/models/pricing/ledger.ts'
import { termPremium } from '@fairmile/models/pricing/term-premium.ts'
import { sql } from 'drizzle-orm'
import { type Database, selectRows } from '../../src/db/database.ts'
import { policies } from '../../src/db/schema/people.ts'
import { readLedger } from '../../src/pricing/ledger-entries.ts'
import { loadPlans } from '../../src/pricing/plans.ts'
import type { LiveModel } from '../../src/pricing/price-policy.ts'
import { restsOn } from '../../src/pricing/rests-on.ts'
import { termOf } from '../../src/pricing/term-of.ts'
import { tripsOfPolicy } from '../../src/trips/ended-trips.ts'

/** What of scores, premiums and ledgers is not as it must be; all of it has to be nothing. */
export interface LedgerFaults {
  /** Policies whose newest premium, or driver's newest score, does not rest on the trips as they are. */
  lostUpdates: number
  /** Events that were scored or priced more than once, or not at all. */
  handledTwice: number
  notHandled: number
  /** Periods that were charged more than once. */
  doubleCharges: number
  /** Holes in the numbers of scores, premiums and entries. */
  holes: number
  /** Policies whose ledger is not what their trips give. */
  balanceDiffers: number
  /** Entries that raised a balance and are no charge of a period, with what they came with. */
  raised: number
}

/** Re-derives every policy from its trips, and compares. */
export async function checkLedgers(db: Database, model: LiveModel): Promise<LedgerFaults> {
  const plans = loadPlans()
  const faults = { lostUpdates: 0, balanceDiffers: 0, ...(await countFaults(db)) }
  for (const policy of await db.select().from(policies)) {
    const trips = await tripsOfPolicy(db, policy.id)
    const { entries, balanceMinor } = await db.transaction((tx) => readLedger(tx, policy.id))
    const state = ledgerState(entries)
    const priced = { plan: plans.get(policy.planId)!, model, term: termOf(policy), trips }
    const [newest] = await selectRows<{ hash: string; at: number; minor: number; km: number }>(
      db,
      sql`SELECT p.trips_hash AS hash, (extract(epoch FROM p.calculated_at) * 1000)::float8 AS at, p.premium_minor::float8 AS minor,
          p.exposure_km AS km
        FROM premiums p WHERE policy_id = ${policy.id} ORDER BY version DESC LIMIT 1`,
    )
    if (trips.length > 0 || newest) {
      const issuedAt = newest?.at ?? 0
      const isNew =
        newest?.hash === (await restsOn(db, policy.id)).tripsHash &&
        newest.minor === termPremium({ ...priced, issuedAt }).premiumMinor &&
        newest.km === totalStatistics(trips).distanceM / 1000
      if (!isNew) faults.lostUpdates += 1
    }
    const until = policy.billedUntil === null ? null : Date.parse(policy.billedUntil)
    const costMinor = until === null ? 0 : termPremium({ ...priced, issuedAt: Date.now(), until }).premiumMinor
    if (
      state.billedMinor + state.waivedMinor !== costMinor ||
      balanceMinor !== state.billedMinor ||
      state.waivedMinor < 0
    )
      faults.balanceDiffers += 1
  }
  return faults
}

async function countFaults(db: Database) {
  const holes = (table: string, of: string, number: string) =>
    `(SELECT coalesce(sum(last - count), 0) FROM (SELECT max(${number}) AS last, count(DISTINCT ${number}) AS count FROM ${table} GROUP BY ${of}) t)`
  const [row] = await selectRows<Record<'handledTwice' | 'notHandled' | 'doubleCharges' | 'holes' | 'raised', number>>(
    db,
    sql.raw(`SELECT
      ((SELECT count(*) - count(DISTINCT event_id) FROM scores)
        + (SELECT count(event_id) - count(DISTINCT event_id) FROM premiums))::float8 AS "handledTwice",
      ((SELECT count(*) FROM domain_events e WHERE type = 'TripCompleted' AND NOT EXISTS (SELECT FROM scores s WHERE s.event_id = e.id))
        + (SELECT count(*) FROM domain_events e WHERE type = 'RiskScoreCalculated' AND NOT EXISTS (SELECT FROM premiums p WHERE p.event_id = e.id)))::float8 AS "notHandled",
      (SELECT count(*) - count(DISTINCT (policy_id, through_day)) FROM premium_entries WHERE kind = 'charge')::float8 AS "doubleCharges",
      (${holes('scores', 'driver_id', 'version')} + ${holes('premiums', 'policy_id', 'version')} + ${holes('premium_entries', 'policy_id', 'seq')})::float8 AS holes,
      (SELECT count(*) FROM (SELECT sum(amount_minor) FILTER (WHERE kind <> 'charge') AS moved FROM premium_entries GROUP BY receipt_id) r
        WHERE moved > 0)::float8 AS raised`),
  )
  if (!row) throw new Error('The database counted nothing')
  return row
}
