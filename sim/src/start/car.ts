import { type Doors, openDoors } from '../doors/doors.ts'
import { liveBoard, runLiveCar } from '../doors/live-car.ts'
import { boardFor, playRecording } from '../doors/play-recording.ts'
import { readRecording } from '../recording/read-recording.ts'
import type { Arguments } from './arguments.ts'

/** The car of the demonstration: its ports, and what is driven in it. */
export interface Car {
  /** Tells this car from others that the agent was in. */
  readonly name: string
  readonly doors: Doors
  readonly hasGps: boolean
  /** Drives to the end, if there is one; rejects when the signal aborts. */
  drive(signal: AbortSignal): Promise<void>
}

/** Shortest and longest simulated drive, and the pause after it, seconds. */
const DRIVE_S = [240, 330] as const
const PAUSE_S = 25

/** Opens the doors of a simulated car, or of one that a recording drives. */
export function createCar(options: Arguments, say: (text: string) => void): Car {
  const { speed: rate, minutes } = options
  if (options.recording !== null) {
    const recording = readRecording(options.recording)
    const doors = openDoors({ imu: boardFor(recording) })
    const lengthMin = ((recording.endS - recording.startS) / 60).toFixed(1)
    return {
      name: recording.id,
      doors,
      hasGps: recording.gps.length > 0 || recording.nmea.length > 0,
      drive: (signal) => {
        say(`Playing ${recording.id}, ${lengthMin} min, at ${rate} times its speed.`)
        return playRecording({ recording, doors, rate, signal })
      },
    }
  }
  const doors = openDoors({ imu: liveBoard })
  return {
    name: `simulated ${options.seed}`,
    doors,
    hasGps: true,
    drive: (signal) =>
      runLiveCar({
        doors,
        seed: options.seed,
        drives: options.drives,
        driveS: minutes === null ? DRIVE_S : [minutes * 60, minutes * 60],
        pauseS: PAUSE_S,
        rate,
        signal,
        onDrive: ({ number, durationS }) =>
          say(`Drive ${number}: moving off, about ${(durationS / 60 / rate).toFixed(1)} min.`),
        onParked: ({ number, distanceM }) => say(`Drive ${number}: parked after ${(distanceM / 1000).toFixed(2)} km.`),
      }),
  }
}
