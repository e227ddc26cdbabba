import { sql } from 'drizzle-orm'
import { type Database, selectRows } from '../db/database.ts'
import { rowsAs } from '../db/rows-as.ts'

/** The policy that covers a vehicle at a moment, and whose it is. */
export interface CoveringPolicy {
  policyId: string
  driverId: string
}

/** A vehicle at a moment. */
export interface Whereabouts {
  vehicleId: string
  at: Date
}

/**
 * Finds the policy that covers a vehicle on the UTC day of `at`; the one that started last where several do.
 *
 * @returns null where none covers it
 */
export async function policyAt(db: Database, asked: Whereabouts): Promise<CoveringPolicy | null> {
  const [cover] = await policiesAt(db, [asked])
  return cover!
}

/** Finds the policies of many moments at once, as {@link policyAt} does; as long as what is asked, and in its order. */
export async function policiesAt(db: Database, asked: readonly Whereabouts[]): Promise<(CoveringPolicy | null)[]> {
  if (asked.length === 0) return []
  const rows = rowsAs(
    'asked',
    asked,
    { vehicle_id: ['text', ({ vehicleId }) => vehicleId], day: ['text', ({ at }) => at.toISOString().slice(0, 10)] },
    { ordinality: 'n' },
  )
  const found = await selectRows<{ policyId: string | null; driverId: string | null }>(
    db,
    sql`
      SELECT p.id AS "policyId", p.driver_id AS "driverId"
      FROM ${rows}
      LEFT JOIN LATERAL (
        SELECT id, driver_id FROM policies
        WHERE vehicle_id = asked.vehicle_id AND starts_on <= asked.day::date AND ends_on >= asked.day::date
        ORDER BY starts_on DESC, id DESC LIMIT 1) AS p ON true
      ORDER BY asked.n`,
  )
  return found.map(({ policyId, driverId }) => (policyId !== null && driverId !== null ? { policyId, driverId } : null))
}
