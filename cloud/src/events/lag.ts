import { sql } from 'drizzle-orm'
import { Gauge, type Registry } from 'prom-client'
import { type Database, selectRows } from '../db/database.ts'
import type { Log } from '../log.ts'

/** What a scrape finds is at most this old: scrapes by several do not ask the database each. */
const maxAgeMs = 5_000

interface Lag {
  consumer: string
  pending: number
  dead: number
  lagS: number | null
}

/** Gauges of the deliveries that wait and that are dead, by consumer, measured when they are read. */
export function createLagGauges({
  registry,
  db,
  log,
  now = Date.now,
}: {
  registry: Registry
  db: Database
  log: Log
  now?: () => number
}) {
  let measured: { atMs: number; lags: Promise<Lag[]> } | null = null
  const lags = (): Promise<Lag[]> => {
    if (measured === null || now() - measured.atMs >= maxAgeMs) measured = { atMs: now(), lags: measureLag(db) }
    return measured.lags.catch((error: unknown) => {
      log.warn({ error }, 'the lag of deliveries could not be measured')
      return []
    })
  }
  const gauge = (name: string, help: string, read: (lag: Lag) => number | null) =>
    new Gauge({
      ...{ name: `fairmile_domain_${name}`, help, labelNames: ['consumer'], registers: [registry] },
      async collect() {
        const found = await lags()
        this.reset()
        for (const lag of found) this.set({ consumer: lag.consumer }, read(lag) ?? 0)
      },
    })
  return {
    pending: gauge(
      'deliveries_pending',
      'Domain events waiting, by consumer; of "bus": for Kafka',
      (lag) => lag.pending,
    ),
    dead: gauge('deliveries_dead', 'Domain events given up and not replayed, by consumer', (lag) => lag.dead),
    lag: gauge(
      'delivery_lag_seconds',
      'Since when the oldest waiting domain event was recorded, by consumer',
      ({ lagS }) => lagS,
    ),
  }
}

/**
 * How many deliveries wait and are dead, and since when the oldest waits, s, by consumer: from when its event was recorded, by the clock of
 * the database. What the event says of its time is said by the clock of whoever recorded it.
 */
export const measureLag = (db: Database): Promise<Lag[]> =>
  selectRows<{ consumer: string; pending: number; dead: number; lagS: number | null }>(
    db,
    sql`
      SELECT consumer, (count(*) FILTER (WHERE NOT dead))::int AS pending, (count(*) FILTER (WHERE dead))::int AS dead,
        greatest(0, extract(epoch FROM now() - min(since) FILTER (WHERE NOT dead)))::float8 AS "lagS"
      FROM (
        SELECT d.consumer, e.recorded_at AS since, d.state = 'dead' AS dead
        FROM domain_deliveries d JOIN domain_events e ON e.id = d.event_id
        WHERE d.state = 'ready' OR d.state = 'queued' OR d.state = 'dead'
        UNION ALL
        SELECT 'bus', e.recorded_at, false FROM domain_relay r JOIN domain_events e ON e.id = r.event_id
      ) open
      GROUP BY consumer`,
  )
