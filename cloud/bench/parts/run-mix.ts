import { setTimeout as wait } from 'node:timers/promises'
import { createLots } from '../../../scripts/chaos/lots.ts'
import { createRawHttp } from '../../chaos/parts/raw-http.ts'
import type { Database } from '../../src/db/database.ts'
import { type Announced, type Floor, followAnnounced } from './announced.ts'
import type { ApiDriver, ApiFleet } from './api-fleet.ts'
import { adminSession, driverSession, type MixStep, type Told } from './api-mix.ts'

/** What came of the mix. */
export interface MixMeasured {
  requests: number
  /** Share of the answers of cached routes that were not computed. */
  hitRate: number
  /** Answers older than what was committed and announced before they were asked for. */
  stale: number
  /** Answers whose version was compared. */
  compared: number
  /** Trips that completed and were announced meanwhile. */
  trips: number
  /** Requests without the answer, by what came in its place: a status, or what the connection ended with. */
  failed: Record<string, number>
}

interface MixOptions {
  db: Database
  /** Of what is counted. */
  seconds: number
  /** Before it: the mix runs, and answers are compared, but what was asked for the first time does not count as missed. */
  warmUpS: number
  /** Trips that complete a second, over all drivers. */
  tripsPerS: number
  seed: number
}

/**
 * Runs the mix: every driver and an admin as the sessions say, while trips complete. What is announced of a driver is noted before each
 * request is sent, and its answer must tell of that or of something newer.
 */
export async function runMix({ cloud, drivers, admin }: ApiFleet, options: MixOptions): Promise<MixMeasured> {
  const { db, seconds, warmUpS, tripsPerS, seed } = options
  const announced = await followAnnounced(db)
  const http = createRawHttp(cloud.http, { sockets: 64 })
  const found = { requests: 0, cached: 0, kept: 0, stale: 0, compared: 0 }
  const failed: Record<string, number> = {}
  const fromMs = performance.now() + warmUpS * 1000
  const untilMs = fromMs + seconds * 1000
  /** Every trip and receipt of a driver in the order in which they came to be. */
  const newest = new Map<string, string>()

  async function visit(token: string, steps: Generator<MixStep>, driverId: string | null): Promise<void> {
    for (const { thinkMs, path, told } of steps) {
      if (thinkMs > 0) await wait(thinkMs)
      if (performance.now() > untilMs) return
      const floor = driverId === null ? null : { ...announced.of(driverId) }
      const headers = { authorization: `Bearer ${token}` }
      const answer = await http.send({ method: 'GET', path, headers, body: null }).catch(codeOf)
      found.requests++
      if (typeof answer === 'string' || answer.status !== 200) {
        const what =
          typeof answer === 'string' ? answer : `${answer.status} of ${path.replaceAll(/[A-Z]{3}-\w+/g, '…')}`
        failed[what] = (failed[what] ?? 0) + 1
        continue
      }
      const from = answer.headers['x-cache']
      if (from !== undefined && performance.now() >= fromMs) {
        found.cached++
        if (from === 'hit') found.kept++
      }
      if (floor === null || told === null) continue
      found.compared++
      if (!isAsNew(told, JSON.parse(answer.body.toString()), floor, announced)) found.stale++
    }
  }

  async function completeTrips(): Promise<void> {
    const lots = createLots(seed + 1)
    const startedMs = performance.now()
    for (let n = 0; ; n++) {
      await wait(Math.max(0, startedMs + (n / tripsPerS) * 1000 - performance.now()))
      if (performance.now() > untilMs) return
      const { driverId, drive } = lots.pick(drivers)
      newest.set(driverId, await drive())
    }
  }

  const sessionOf = ({ driverId, token, firstTrip }: ApiDriver, n: number): Promise<void> =>
    visit(
      token,
      driverSession(createLots(seed * 1_000 + n), { driverId, trip: () => newest.get(driverId) ?? firstTrip }),
      driverId,
    )
  await Promise.all([...drivers.map(sessionOf), visit(admin, adminSession(createLots(seed)), null), completeTrips()])
  await announced.stop()
  http.close()
  const { requests, stale, compared } = found
  return { requests, hitRate: found.kept / found.cached, stale, compared, trips: announced.trips, failed }
}

const codeOf = (error: NodeJS.ErrnoException): string => error.code ?? error.message

interface Answered {
  version?: number
  receiptId?: string
  items?: { id: string }[]
  points?: { version: number }[]
}

/** Whether an answer tells of what was announced, or of something newer. */
function isAsNew(told: Exclude<Told, null>, answer: Answered, floor: Floor, announced: Announced): boolean {
  if (told === 'score') return (answer.version ?? 0) >= floor.score
  if (told === 'trend') return (answer.points?.at(-1)?.version ?? 0) >= floor.score
  const [newest] = answer.items ?? []
  // The ids of a driver's trips here grow.
  if (told === 'trips') return floor.trip === null || (newest?.id ?? '') >= floor.trip
  const receiptId = told === 'receipts' ? newest?.id : answer.receiptId
  if (receiptId === undefined) return floor.premium === 0
  // A premium that was not announced yet is newer than all that were.
  return (announced.premiumOf(receiptId) ?? Number.POSITIVE_INFINITY) >= floor.premium
}
