import { createDrive, type Drive } from '../drive.ts'
import { createRandom } from '../random.ts'
import { drawMount } from '../sensors/mount.ts'
import type { SensorSink } from '../sensors/suite.ts'
import type { BoardImu } from './board.ts'
import type { Doors } from './doors.ts'
import { nmeaSentences } from './nmea.ts'
import { type Pace, startPace } from './pace.ts'
import { BATTERY_OFF_MV, BATTERY_ON_MV } from './play-recording.ts'

/** The simulated car's board: the MPU-6050 of the sensor model. */
export const liveBoard: BoardImu = { rateHz: 100, rangeG: 16 }
/** The physics runs in pieces of this length, as a board sends its bursts. */
const PIECE_S = 0.05

export interface LiveCarOptions {
  doors: Doors
  seed: number
  /** Drives to make; Infinity for no end. */
  drives: number
  /** Shortest and longest drive, and the pause with the ignition off after each, seconds. */
  driveS: readonly [number, number]
  pauseS: number
  rate: number
  signal: AbortSignal
  onDrive?(about: { number: number; durationS: number }): void
  onParked?(about: { number: number; distanceM: number; trueEvents: number }): void
}

/** Drives through the doors, one drive after another from where the last one ended, in the same car by the same person. */
export async function runLiveCar(options: LiveCarOptions): Promise<void> {
  const { doors, seed, signal } = options
  const random = createRandom(seed, 'live')
  const mount = drawMount(createRandom(seed, 'mount'))
  const lengths = (): number => Math.round(random.range(options.driveS[0], options.driveS[1]))
  let durationS = lengths()
  let last: Drive | null = null
  let baseS = 0
  let baseM = 0
  await doors.board.connected
  const pace = startPace({ rate: options.rate, durationS: options.rate > 1 ? durationS : 0, signal })
  for (let number = 1; number <= options.drives; number++) {
    options.onDrive?.({ number, durationS })
    const drive = createDrive({
      seed: seed * 1009 + number,
      driverSeed: seed,
      durationS,
      mount,
      imuRateHz: liveBoard.rateHz,
      ...(last ? { start: placeOf(last) } : {}),
    })
    const pauseS = number < options.drives ? options.pauseS : 0
    await play(drive, { doors, pace, baseS, baseM, pauseS })
    options.onParked?.({ number, distanceM: drive.distanceM, trueEvents: drive.trueEvents().length })
    baseS += drive.timeS
    baseM += drive.distanceM
    last = drive
    durationS = lengths()
  }
}

/** One drive with the pause after it: the engine is off then, but receiver and board stay awake. */
async function play(
  drive: Drive,
  options: { doors: Doors; pace: Pace; baseS: number; baseM: number; pauseS: number },
): Promise<void> {
  const { doors, pace, baseS, baseM } = options
  const sink: SensorSink = {
    imu: (timeS, reading) => doors.board.imu((baseS + timeS) * 1e6, reading),
    gnss: (reading) => doors.gnss(nmeaSentences({ ...reading, utcMs: pace.utcMs(baseS + reading.validS) })),
  }
  let ignition = true
  let endS = Number.POSITIVE_INFINITY
  let stateS = 0
  const tell = (): void => {
    stateS = drive.timeS
    doors.board.odometer((baseS + drive.timeS) * 1e6, baseM + drive.distanceM)
    doors.board.state((baseS + drive.timeS) * 1e6, ignition, ignition ? BATTERY_ON_MV : BATTERY_OFF_MV)
  }
  tell()
  while (drive.timeS < endS) {
    const pieceEndS = drive.timeS + PIECE_S
    await pace.until(baseS + pieceEndS)
    while (drive.timeS < pieceEndS) {
      const driving = drive.step(sink)
      if (ignition && !driving) {
        ignition = false
        endS = drive.timeS + options.pauseS
        tell()
      }
    }
    if (drive.timeS - stateS >= 1) tell()
  }
}

function placeOf(drive: Drive): { lat: number; lon: number; altM: number; headingDeg: number } {
  const { lat, lon, altM } = drive.position
  return { lat, lon, altM, headingDeg: 90 - (drive.car.heading * 180) / Math.PI }
}
