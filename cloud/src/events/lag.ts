import { sql } from 'drizzle-orm'
import { type Database, selectRows } from '../db/database.ts'
import type { Metrics } from '../metrics.ts'

/** Measures how many deliveries wait and how old the oldest is, by consumer, into the gauges. */
export async function measureLag(db: Database, { deliveriesPending, deliveryLag }: Metrics): Promise<void> {
  const rows = await selectRows<{ consumer: string; pending: number; lagS: number }>(
    db,
    sql`
      SELECT d.consumer, count(*)::int AS pending, extract(epoch FROM now() - min(e.time))::float8 AS "lagS"
      FROM domain_deliveries d JOIN domain_events e ON e.id = d.event_id
      WHERE d.state = 'pending'
      GROUP BY d.consumer`,
  )
  deliveriesPending.reset()
  deliveryLag.reset()
  for (const { consumer, pending, lagS } of rows) {
    deliveriesPending.set({ consumer }, pending)
    deliveryLag.set({ consumer }, Math.max(0, lagS))
  }
}
