/** `node sim/src/cli/imu-stream.ts`: simulated IMU readings on stdout as rows of eight 32-bit floats, for benches of other packages. */
import { Command } from 'commander'
import { createDrive } from '../drive.ts'
import { drawCrashScene } from '../mishaps/crash-scene.ts'
import { createRandom } from '../random.ts'
import type { ImuReading } from '../sensors/imu.ts'
import { drawMount } from '../sensors/mount.ts'

/**
 * A row is the milliseconds since the row before, the reading and the true speed (m/s). A row whose first number is −1 marks
 * instead the beginning of another drive; −2 that a crash begins (ΔV in km/h, its direction in degrees, its length in s).
 */
const marks = { drive: -1, crash: -2 } as const
const columns = 8
/** Rows gathered before they are written: 256 KiB. */
const rows = 8192
/** Length of a drive, seconds. */
const driveS = 3600
const drivesRateHz = 100

const block = new Float32Array(rows * columns)
let filled = 0

function flush(): void {
  process.stdout.write(Buffer.from(block.slice(0, filled).buffer))
  filled = 0
}

function write(first: number, a: number, b: number, c: number, d: number, e: number, f: number, g: number): void {
  if (filled === block.length) flush()
  block[filled++] = first
  block[filled++] = a
  block[filled++] = b
  block[filled++] = c
  block[filled++] = d
  block[filled++] = e
  block[filled++] = f
  block[filled++] = g
}

const mark = (kind: keyof typeof marks, ...values: number[]): void => {
  const [a = 0, b = 0, c = 0] = values
  write(marks[kind], a, b, c, 0, 0, 0, 0)
}

/** Takes the readings of one drive. */
function createWriter() {
  let lastS = 0
  return (timeS: number, { ax, ay, az, gx, gy, gz }: ImuReading, speedMps: number): void => {
    write((timeS - lastS) * 1000, ax, ay, az, gx, gy, gz, speedMps)
    lastS = timeS
  }
}

/** Drives without a crash, with more mishaps than any road has; drivers from calm to wild. */
function streamDrives(seed: number, km: number): void {
  const counts: Record<string, number> = {}
  let doneKm = 0
  let hours = 0
  for (let index = 0; doneKm < km; index++) {
    const own = seed * 100_003 + index
    const drive = createDrive({
      seed: own,
      driverSeed: own,
      haste: createRandom(own, 'haste').range(-1, 3.5),
      durationS: driveS,
      mount: drawMount(createRandom(own, 'mount')),
      imuRateHz: drivesRateHz,
      mishaps: true,
    })
    mark('drive')
    const writer = createWriter()
    while (drive.step({ imu: (timeS, reading) => writer(timeS, reading, drive.car.vx) }));
    for (const [kind, count] of Object.entries(drive.fate.counts)) counts[kind] = (counts[kind] ?? 0) + count
    doneKm += drive.distanceM / 1000
    hours += drive.timeS / 3600
  }
  flush()
  console.error(JSON.stringify({ km: doneKm, hours, mishaps: counts }))
}

/** Half minutes that end in a crash. */
function streamScenes(seed: number, scenes: number, rateHz: number): void {
  for (let index = 0; index < scenes; index++) {
    const scene = drawCrashScene({ seed: seed * 100_003 + index, rateHz })
    const { deltaVKmh, directionDeg, seconds } = scene.collision
    mark('drive')
    const writer = createWriter()
    let crashed = false
    scene.play((timeS, reading, speedMps) => {
      if (!crashed && timeS >= scene.crashS) {
        crashed = true
        mark('crash', deltaVKmh, directionDeg, seconds)
      }
      writer(timeS, reading, speedMps)
    })
  }
  flush()
  console.error(JSON.stringify({ scenes, rateHz }))
}

const options = new Command('imu-stream')
  .description('Writes simulated IMU readings as rows of eight 32-bit floats: drives full of mishaps, or crashes.')
  .option('--seed <n>', 'seed of everything drawn', Number, 1)
  .option('--km <km>', 'drives without a crash, so many kilometres', Number)
  .option('--scenes <n>', 'so many half minutes that end in a crash', Number)
  .option('--rate <hz>', 'readings a second in scenes', Number, 100)
  .parse()
  .opts<{ seed: number; km?: number; scenes?: number; rate: number }>()

if (options.km !== undefined) streamDrives(options.seed, options.km)
if (options.scenes !== undefined) streamScenes(options.seed, options.scenes, options.rate)
