import { createHash } from 'node:crypto'
import { thresholds, thresholdsHash } from '@fairmile/models/events/thresholds.ts'
import { statisticsExample } from '@fairmile/models/trips/statistics-example.ts'
import { eq } from 'drizzle-orm'
import type { Lots } from '../../../scripts/chaos/lots.ts'
import type { Database } from '../../src/db/database.ts'
import { trips } from '../../src/db/schema/trips.ts'
import { transactAgain } from '../../src/db/transact-again.ts'
import { recordTripCompleted } from '../../src/trips/trip-completed.ts'
import { keepVersion, lockTrip } from '../../src/trips/trip-versions.ts'
import type { Identity } from './register-cars.ts'

const dayMs = 86_400_000
const judgedBy = thresholdsHash(thresholds, (text) => createHash('sha256').update(text).digest('hex'))
/** Trips of a car; every other update is another version of one of them. */
export const tripsACar = 8

/** Makes trips known and changes them, any day of the past year in any order, as late data and rulings do. */
export function createTripUpdates(db: Database, { lots, nowMs }: { lots: Lots; nowMs: number }) {
  const told = new Map<string, number>()
  const drawn = () => {
    const events = Array.from(
      { length: lots.below(3) },
      () => ({ kind: 'harsh_braking', band: lots.pick(['coach', 'count'] as const), grade: 'A' }) as const,
    )
    return statisticsExample({ km: 1 + lots.below(150), gradable: 1, temper: lots.next(), events })
  }

  async function add(car: Identity, n: number): Promise<void> {
    const startAt = new Date(nowMs - 360 * dayMs + lots.below(350) * dayMs + n * 3_600_000)
    await transactAgain(db, async (tx) => {
      const [after] = await tx
        .insert(trips)
        .values({
          ...{ id: `TRP-${car.id.slice(-6)}${String(n).padStart(6, '0')}`, deviceId: car.id, bootId: 1 },
          ...{ vehicleId: car.vehicleId, driverId: car.driverId, policyId: car.policyId },
          ...{ startAt, endAt: new Date(startAt.getTime() + 1_800_000), endReason: 'ignition_off' },
          ...{ thresholdsHash: judgedBy, statistics: drawn(), version: 1, versions: 1, cause: 'recorded' },
        })
        .returning()
      await recordTripCompleted(tx, [{ before: null, after: after! }])
    })
  }

  async function change(car: Identity, n: number): Promise<void> {
    const id = `TRP-${car.id.slice(-6)}${String(n).padStart(6, '0')}`
    await transactAgain(db, async (tx) => {
      const before = await lockTrip(tx, id)
      if (!before) throw new Error(`There is no trip "${id}"`)
      await keepVersion(tx, before)
      const version = before.versions + 1
      const changed = {
        statistics: drawn(),
        version,
        versions: version,
        cause: 'corrected' as const,
        updatedAt: new Date(),
      }
      const [after] = await tx.update(trips).set(changed).where(eq(trips.id, id)).returning()
      await recordTripCompleted(tx, [{ before, after: after! }])
    })
  }

  /** One more update of a car: a trip that was not known yet, or another version of one. */
  return async (car: Identity): Promise<void> => {
    const known = told.get(car.id) ?? 0
    if (known === 0 || (known < tripsACar && lots.chance(0.5))) {
      told.set(car.id, known + 1)
      await add(car, known + 1)
      return
    }
    const n = 1 + lots.below(known)
    await change(car, n)
  }
}
