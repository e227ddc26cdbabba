import type { Random } from '../../src/random.ts'
import type { RecordingOptions } from '../../src/recording/write-recording.ts'
import { drawMount, type Mount } from '../../src/sensors/mount.ts'
import type { Receiver } from '../../src/sensors/receiver.ts'

/** What a variant of a recorder changes. */
export interface Variant {
  imuRateHz?: number
  gnssRateHz?: number
  gravityRemoved?: boolean
  knownMount?: boolean
  recording?: Pick<RecordingOptions, 'gps' | 'hasGyro' | 'faults'>
  receiver?: Partial<Receiver>
  mount?: (random: Random) => Mount
  /** The box is knocked by so many degrees, somewhere in the middle of the drive. */
  knockedDeg?: readonly [number, number]
}

/** However a box may lie: a random direction up, and any turn about it. */
const anyMount = (random: Random): Mount => ({
  rollDeg: random.range(-180, 180),
  pitchDeg: (Math.asin(random.range(-1, 1)) * 180) / Math.PI,
  yawDeg: random.range(-180, 180),
})

/** Forms that recordings come in. `plain` is a board at 100 Hz with a receiver at 1 Hz. */
export const variants: Record<string, Variant> = {
  plain: {},
  'any-mount': { mount: anyMount },
  'imu-10': { imuRateHz: 10 },
  'imu-25': { imuRateHz: 25 },
  'imu-50': { imuRateHz: 50 },
  'imu-200': { imuRateHz: 200 },
  'imu-jitter': { imuRateHz: 50, recording: { faults: { jitterS: 0.008, lostShare: 0.03 } } },
  'no-gyro': { recording: { hasGyro: false } },
  'no-gravity': { imuRateHz: 50, gravityRemoved: true },
  'known-mount': { knownMount: true },
  'gps-0.5': { gnssRateHz: 0.5 },
  'gps-5': { gnssRateHz: 5 },
  'gps-10': { gnssRateHz: 10 },
  'gps-late': { receiver: { delayS: 1, filterS: 1.2 } },
  'gps-blanks': { recording: { faults: { blank: ['courseDeg', 'hdop', 'altM'] } } },
  'gps-no-speed': { recording: { faults: { blank: ['speedMps', 'courseDeg'] } } },
  nmea: { recording: { gps: 'nmea' } },
  'no-gps': { knownMount: true, recording: { gps: 'none' } },
  'imu-late': { recording: { faults: { imuFromS: 75 } } },
  gaps: { recording: { faults: { gapEveryS: 150 } } },
  knocked: { knockedDeg: [8, 60] },
}

/** A mount as it is after a knock: another angle for one or two of its axes. */
export function knock(mount: Mount, [least, most]: readonly [number, number], random: Random): Mount {
  const turn = (): number => (random.chance(0.5) ? -1 : 1) * random.range(least, most)
  return random.chance(0.5)
    ? { ...mount, pitchDeg: mount.pitchDeg + turn() / 2, rollDeg: mount.rollDeg + turn() }
    : { ...mount, rollDeg: mount.rollDeg + turn(), yawDeg: mount.yawDeg + turn() }
}

/** How many boxes lie anyhow; the others are tilted up to 35°, some of them upside down. */
const anyhow = 0.3

/** The mount that the variant says, or any. */
export function mountOf(variant: Variant, random: Random): Mount {
  if (variant.mount) return variant.mount(random)
  return random.chance(anyhow) ? anyMount(random) : drawMount(random)
}
