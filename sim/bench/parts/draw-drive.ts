import { createRandom, type Random } from '../../src/random.ts'
import { writeRecording } from '../../src/recording/write-recording.ts'
import { drawSensors } from '../../src/sensors/draw-sensors.ts'
import { neoM8 } from '../../src/sensors/receiver.ts'
import { knock, mountOf, type Variant, variants } from './variants.ts'

/** What the comparison has to know of a drive beside its truth. */
export interface DrawnDrive {
  variant: string
  /** Readings a second of the IMU. */
  rateHz: number
  gravityIncluded: boolean
  /** Whether a speed is known, so that there are speed gates. */
  gated: boolean
}

/** Every second driver is as drawn; of the others most are in a hurry and some drive as hard as a strong car goes. */
function drawStyle(random: Random): { haste?: number; strong?: boolean } {
  const style = random.pick([
    ['drawn', 5],
    ['hurried', 3],
    ['hardest', 2],
  ])
  if (style === 'drawn') return {}
  return style === 'hurried' ? { haste: random.range(1, 2.5) } : { haste: random.range(2.5, 3.8), strong: true }
}

/** Draws the driver, the road, the mount and the recorder of one drive of a fleet, and writes its recording with the truth. */
export function drawDrive(options: {
  index: number
  seed: number
  minutes: number
  folder: string
  name: string
  variant: string
  mishaps: boolean
}): DrawnDrive {
  const seed = options.seed * 100_003 + options.index
  const variant: Variant = variants[options.variant] ?? {}
  const { imuRateHz = 100, gnssRateHz = 1, gravityRemoved = false, knockedDeg } = variant
  const durationS = options.minutes * 60
  const mount = mountOf(variant, createRandom(seed, 'mount'))
  const knocks = createRandom(seed, 'knock')
  const sensors = drawSensors(createRandom(seed, 'sensors'))
  writeRecording({
    id: `fleet-${options.seed}-${options.name}`,
    folder: options.folder,
    seed,
    driverSeed: seed,
    ...drawStyle(createRandom(seed, 'style')),
    durationS,
    mishaps: options.mishaps,
    mount,
    ...(knockedDeg && { knock: { atS: durationS * knocks.range(0.35, 0.5), mount: knock(mount, knockedDeg, knocks) } }),
    imuRateHz,
    sensors: {
      ...sensors,
      gnssRateHz,
      gravityRemoved,
      receiver: { ...neoM8, ...sensors.receiver, ...variant.receiver },
    },
    withImu: true,
    gzip: true,
    knownMount: variant.knownMount === true,
    motionTruth: true,
    ...variant.recording,
  })
  const gated = variant.recording?.gps !== 'none'
  return { variant: options.variant, rateHz: imuRateHz, gravityIncluded: !gravityRemoved, gated }
}
