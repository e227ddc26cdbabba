import type { Random } from '../random.ts'
import type { Vehicle } from '../vehicle/vehicle.ts'
import { type Collision, collisionJolt } from './collision.ts'
import { createJoltPlayer, type Disturbance } from './jolt.ts'
import { createMishaps } from './mishaps.ts'

/** A collision and when it happens. */
export interface PlannedCrash {
  atS: number
  collision: Collision
}

/** A crash as it stands in a recording's truth. */
export interface TrueCrash {
  kind: 'crash'
  start_s: number
  end_s: number
  delta_v_kmh: number
  /** Where the force came from, degrees clockwise from the front. */
  direction_deg: number
}

/** What happens to a car beside what its driver does. */
export interface Fate {
  /** Lets happen what happens within this step; a collision changes the car's speed. */
  step(timeS: number, dt: number): void
  /** What the box feels at its next reading. */
  felt(): Disturbance
  /** Seconds since the collision; NaN before it. */
  readonly sinceCrashS: number
  readonly crashes: readonly TrueCrash[]
  /** How many mishaps of each kind there were so far. */
  readonly counts: Readonly<Record<string, number>>
}

/** Creates the fate of one drive. @param options `mishaps` whether anything but the crash happens */
export function createFate(options: {
  car: Vehicle
  imuRateHz: number
  random: Random
  mishaps: boolean
  crash: PlannedCrash | null
}): Fate {
  const { car, crash } = options
  const player = createJoltPlayer(options.imuRateHz)
  const mishaps = createMishaps(options.random)
  const crashes: TrueCrash[] = []
  const jolt = crash && collisionJolt(crash.collision)
  let sinceCrashS = Number.NaN
  let changed = 0

  const collide = (timeS: number, { atS, collision }: PlannedCrash): void => {
    if (!jolt || timeS < atS) return
    if (Number.isNaN(sinceCrashS)) {
      player.start(jolt)
      crashes.push({
        kind: 'crash',
        start_s: Number(timeS.toFixed(2)),
        end_s: Number((timeS + collision.seconds).toFixed(2)),
        delta_v_kmh: Number(collision.deltaVKmh.toFixed(1)),
        direction_deg: Math.round(collision.directionDeg),
      })
    }
    sinceCrashS = timeS - atS
    const now = jolt.change(sinceCrashS)
    const along = Math.cos((collision.directionDeg * Math.PI) / 180) * (collision.deltaVKmh / 3.6)
    car.vx = Math.max(0, car.vx - (now - changed) * along)
    changed = now
  }

  return {
    crashes,
    counts: mishaps.counts,
    get sinceCrashS() {
      return sinceCrashS
    },
    felt: () => player.step(),
    step(timeS, dt) {
      const mishap = options.mishaps && !player.playing ? mishaps.step(dt, car) : null
      if (mishap) player.start(mishap)
      if (crash) collide(timeS, crash)
    },
  }
}
