import type { StoredDomainEvent } from '@fairmile/contract/domain-events/domain-event.ts'
import { sql } from 'drizzle-orm'
import { type Database, selectRows } from '../../src/db/database.ts'

/** How often the database is asked what was announced, ms: what was announced since counts as announced later than it was. */
const lookMs = 10

/** The newest of a driver that was committed and announced: no answer to a later request may be older. */
export interface Floor {
  /** Version of the score. */
  score: number
  /** Version of the premium, and its receipt. */
  premium: number
  receipt: string | null
  trip: string | null
}

/** What was announced of each driver, by the deliveries of the consumer `cache` that the database holds as done. */
export interface Announced {
  of(driverId: string): Floor
  /** The version of a premium by its receipt; undefined where it was not announced yet. */
  premiumOf(receiptId: string): number | undefined
  /** Trips that were announced. */
  readonly trips: number
  stop(): Promise<void>
}

/** Follows what is announced. */
export async function followAnnounced(db: Database): Promise<Announced> {
  const floors = new Map<string, Floor>()
  const seen = new Set<number>()
  const premiums = new Map<string, number>()
  const floorOf = (driverId: string): Floor => {
    const floor = floors.get(driverId) ?? { score: 0, premium: 0, receipt: null, trip: null }
    floors.set(driverId, floor)
    return floor
  }
  let trips = 0
  let from = 0
  const look = async (): Promise<void> => {
    const rows = await selectRows<{ id: number; type: string; data: unknown; done: boolean }>(
      db,
      sql`
        SELECT event.id::int AS id, event.type, event.data, delivery.state = 'done' AS done
        FROM domain_events AS event JOIN domain_deliveries AS delivery ON delivery.event_id = event.id
        WHERE delivery.consumer = 'cache' AND event.id > ${from} ORDER BY event.id`,
    )
    for (const { id, done, type, data } of rows) {
      if (!done || seen.has(id)) continue
      seen.add(id)
      const event = { type, data } as StoredDomainEvent
      if (event.type === 'TripCompleted') {
        trips++
        floorOf(event.data.driverId).trip = event.data.tripId
      } else if (event.type === 'RiskScoreCalculated') floorOf(event.data.driverId).score = event.data.version
      else if (event.type === 'PremiumUpdated') {
        const { driverId, receiptId, version } = event.data
        premiums.set(receiptId, version)
        Object.assign(floorOf(driverId), { premium: version, receipt: receiptId })
      }
    }
    // All up to the first that is not done are behind us; one may yet come with a lower id, from a transaction that is still open.
    const firstOpen = rows.find(({ done }) => !done)?.id ?? rows.at(-1)?.id ?? from
    from = Math.max(from, firstOpen - 100)
  }
  await look()
  const before = trips
  let ends = false
  const following = (async () => {
    while (!ends) {
      await look()
      await new Promise((resolve) => setTimeout(resolve, lookMs))
    }
  })()
  return {
    of: floorOf,
    premiumOf: (receiptId) => premiums.get(receiptId),
    get trips() {
      return trips - before
    },
    stop: async () => {
      ends = true
      await following
    },
  }
}
