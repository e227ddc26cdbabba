/** `node sim/src/cli/record.ts`: writes simulated drives as recording folders with their truth. */
import { join } from 'node:path'
import { Command, InvalidArgumentError } from 'commander'
import { drawCollision } from '../mishaps/collision.ts'
import { createRandom } from '../random.ts'
import { writeRecording } from '../recording/write-recording.ts'
import { drawSensors } from '../sensors/draw-sensors.ts'
import { drawMount, type Mount } from '../sensors/mount.ts'

interface Options {
  seed: number
  minutes: number
  out: string
  drives: number
  drivesPerDriver: number
  imuRate: number
  mount: Mount | 'random'
  knownMount?: true
  imu: boolean
  mishaps?: true
  crash?: number
  gzip?: true
  json?: true
}

const program = new Command('record')
  .description('Writes simulated drives as recording folders, each with its truth.')
  .addHelpText(
    'before',
    `Examples:
  node sim/src/cli/record.ts --seed 1 --minutes 10 --out /tmp/drive
  node sim/src/cli/record.ts --seed 7 --minutes 20 --drives 400 --drives-per-driver 4 --mount random --gzip --out /tmp/drives
`,
  )
  .requiredOption('--seed <n>', 'seed of everything drawn; drive and driver n follow from it', integer)
  .requiredOption('--minutes <m>', 'length of a drive, standing before and after included', positive)
  .requiredOption('--out <folder>', 'the folder to write; with --drives > 1 one folder 0001… each in it')
  .option('--drives <k>', 'how many drives', integer, 1)
  .option('--drives-per-driver <k>', 'how many of them by one person', integer, 1)
  .option('--imu-rate <hz>', 'IMU readings a second, 1 to 100', rate, 100)
  .option('--mount <r,p,y>', 'roll, pitch and yaw of the device in degrees, or "random"', mount, {
    rollDeg: 0,
    pitchDeg: 0,
    yawDeg: 0,
  })
  .option('--known-mount', 'write the mount into drive.json, where it stands in for calibration')
  .option('--no-imu', 'GNSS alone')
  .option('--mishaps', 'potholes, kerbs, slammed doors and knocks on the box, more than any road has')
  .option('--crash <s>', 'end each drive in a crash so many seconds after its start', seconds)
  .option('--gzip', 'compress the CSV files')
  .option('--json', 'a JSON line a drive on stdout')

program.parse()
record(program.opts<Options>())

function record(options: Options): void {
  const started = performance.now()
  let seconds = 0
  for (let index = 0; index < options.drives; index++) {
    const name = String(index + 1).padStart(4, '0')
    const seed = options.seed * 100_003 + index
    const folder = options.drives > 1 ? join(options.out, name) : options.out
    const written = writeRecording({
      id: `sim-${options.seed}-${name}`,
      folder,
      seed,
      driverSeed: options.seed * 100_003 + Math.floor(index / options.drivesPerDriver),
      durationS: options.minutes * 60,
      mount: options.mount === 'random' ? drawMount(createRandom(seed, 'mount')) : options.mount,
      imuRateHz: options.imuRate,
      sensors: drawSensors(createRandom(seed, 'sensors')),
      withImu: options.imu,
      gzip: options.gzip === true,
      knownMount: options.knownMount === true,
      mishaps: options.mishaps === true,
      ...(options.crash !== undefined && {
        crash: { atS: options.crash, collision: drawCollision(createRandom(seed, 'collision')) },
      }),
    })
    seconds += written.durationS
    if (options.json) console.log(JSON.stringify({ folder, ...written }))
    if (process.stderr.isTTY) process.stderr.write(`\r${index + 1}/${options.drives} drives`)
  }
  const took = (performance.now() - started) / 1000
  console.error(
    `${options.drives} drives, ${(seconds / 3600).toFixed(2)} h in ${took.toFixed(1)} s: ${Math.round(seconds / took)} times real time`,
  )
}

function integer(text: string): number {
  const value = Number(text)
  if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError('give a whole number of at least 1.')
  return value
}

function positive(text: string): number {
  const value = Number(text)
  if (!(value > 0.8 && value <= 240)) throw new InvalidArgumentError('give minutes, more than 0.8 and at most 240.')
  return value
}

function seconds(text: string): number {
  const value = Number(text)
  if (!(value >= 0)) throw new InvalidArgumentError('give seconds from the start of the drive.')
  return value
}

function rate(text: string): number {
  const value = Number(text)
  if (!(value >= 1 && value <= 100)) throw new InvalidArgumentError('give a rate between 1 and 100 Hz.')
  return value
}

function mount(text: string): Mount | 'random' {
  if (text === 'random') return 'random'
  const [rollDeg, pitchDeg, yawDeg, ...rest] = text.split(',').map(Number)
  if (![rollDeg, pitchDeg, yawDeg].every(Number.isFinite) || rest.length > 0)
    throw new InvalidArgumentError('give three angles in degrees, as in 0,-12,95, or "random".')
  return { rollDeg: rollDeg!, pitchDeg: pitchDeg!, yawDeg: yawDeg! }
}
