import { createRandom, type Random } from '../../src/random.ts'
import { writeRecording } from '../../src/recording/write-recording.ts'
import { drawSensors } from '../../src/sensors/draw-sensors.ts'
import { drawMount } from '../../src/sensors/mount.ts'

/** What the comparison has to know of a drive beside its truth. */
export interface DrawnDrive {
  variant: string
  /** Readings a second of the IMU. */
  rateHz: number
  gravityIncluded: boolean
  /** Whether a speed is known, so that there are speed gates. */
  gated: boolean
}

/** Every second driver is as drawn; of the others most are in a hurry and some drive as hard as a car goes. */
function drawHaste(random: Random): number | undefined {
  const style = random.pick([
    ['drawn', 5],
    ['hurried', 3],
    ['hardest', 2],
  ])
  if (style === 'drawn') return undefined
  return style === 'hurried' ? random.range(1, 2.5) : random.range(2.5, 3.6)
}

/** Draws the driver, the road, the mount and the recorder of one drive of a fleet, and writes its recording with the truth. */
export function drawDrive(options: {
  index: number
  seed: number
  minutes: number
  folder: string
  name: string
}): DrawnDrive {
  const seed = options.seed * 100_003 + options.index
  const imuRateHz = 100
  const haste = drawHaste(createRandom(seed, 'haste'))
  writeRecording({
    id: `fleet-${options.seed}-${options.name}`,
    folder: options.folder,
    seed,
    driverSeed: seed,
    ...(haste !== undefined && { haste }),
    durationS: options.minutes * 60,
    mount: drawMount(createRandom(seed, 'mount')),
    imuRateHz,
    sensors: drawSensors(createRandom(seed, 'sensors')),
    withImu: true,
    gzip: true,
    knownMount: false,
    motionTruth: true,
  })
  return { variant: 'plain', rateHz: imuRateHz, gravityIncluded: true, gated: true }
}
