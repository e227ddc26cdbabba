import { sql } from 'drizzle-orm'
import { type Database, selectRows } from '../db/database.ts'
import type { Metrics } from '../metrics.ts'

/** Measures how many deliveries wait, how old the oldest is and how many are dead, by consumer, into the gauges. */
export async function measureLag(
  db: Database,
  {
    deliveriesPending,
    deliveryLag,
    deliveriesDead,
  }: Pick<Metrics, 'deliveriesPending' | 'deliveryLag' | 'deliveriesDead'>,
): Promise<void> {
  const waiting = await selectRows<{ consumer: string; pending: number; lagS: number }>(
    db,
    sql`
      SELECT consumer, count(*)::int AS pending, extract(epoch FROM now() - min(time))::float8 AS "lagS"
      FROM (
        SELECT d.consumer, e.time FROM domain_deliveries d JOIN domain_events e ON e.id = d.event_id
        WHERE d.state IN ('ready', 'queued')
        UNION ALL
        SELECT 'bus', e.time FROM domain_relay r JOIN domain_events e ON e.id = r.event_id
      ) waiting
      GROUP BY consumer`,
  )
  const dead = await selectRows<{ consumer: string; count: number }>(
    db,
    sql`SELECT consumer, count(*)::int AS count FROM domain_deliveries WHERE state = 'dead' GROUP BY consumer`,
  )
  for (const gauge of [deliveriesPending, deliveryLag, deliveriesDead]) gauge.reset()
  for (const { consumer, pending, lagS } of waiting) {
    deliveriesPending.set({ consumer }, pending)
    deliveryLag.set({ consumer }, Math.max(0, lagS))
  }
  for (const { consumer, count } of dead) deliveriesDead.set({ consumer }, count)
}
