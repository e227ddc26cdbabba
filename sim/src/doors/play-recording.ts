import { G_MPS2 } from '@fairmile/contract/units.ts'
import type { Recording } from '../recording/read-recording.ts'
import type { BoardImu } from './board.ts'
import type { Doors } from './doors.ts'
import { nmeaSentences } from './nmea.ts'
import { type Pace, startPace } from './pace.ts'
import { restamp, secondsOfSentence } from './restamp.ts'

/** A charging car, and one that stands (common values of a 12 V lead battery). */
export const BATTERY_ON_MV = 14_100
export const BATTERY_OFF_MV = 12_500

/** The board that a recording needs: the finest range that holds all of it. */
export function boardFor(recording: Recording): BoardImu | null {
  if (recording.imuRateHz === null) return null
  let most = 0
  for (const row of recording.imu) most = Math.max(most, Math.abs(row.ax), Math.abs(row.ay), Math.abs(row.az))
  const rangeG = ([2, 4, 8, 16] as const).find((range) => range * G_MPS2 > most) ?? 16
  return { rateHz: Math.min(1000, Math.max(1, Math.round(recording.imuRateHz))), rangeG }
}

/** One thing to put on a line at a second of the recording. */
interface Item {
  timeS: number
  send(): void
}

/**
 * Plays a recording through the doors at `rate` times its speed: every reading at its time, repeated fixes and blank fields
 * as they are, ignition on from the start and off one second after the end.
 */
export async function playRecording(options: {
  recording: Recording
  doors: Doors
  rate: number
  signal: AbortSignal
}): Promise<void> {
  const { recording, doors, rate, signal } = options
  const durationS = recording.endS - recording.startS
  await doors.board.connected
  const pace = startPace({ rate, durationS, signal })
  for (const item of schedule(recording, doors, pace)) {
    const dueS = item.timeS - recording.startS
    if (dueS > pace.now()) await pace.until(dueS)
    item.send()
  }
  await pace.until(durationS + 1)
  doors.board.state((durationS + 1) * 1e6, false, BATTERY_OFF_MV)
}

function schedule(recording: Recording, doors: Doors, pace: Pace): Item[] {
  const { startS } = recording
  const items: Item[] = []
  for (let timeS = startS; timeS <= recording.endS; timeS++)
    items.push({ timeS, send: () => doors.board.state((timeS - startS) * 1e6, true, BATTERY_ON_MV) })
  for (const row of recording.imu)
    items.push({ timeS: row.timeS, send: () => doors.board.imu((row.timeS - startS) * 1e6, row) })
  for (const row of recording.gps) {
    const epoch = { ...row, utcMs: pace.utcMs(row.timeS - startS), satellites: row.lat === null ? 0 : 8 }
    items.push({ timeS: row.timeS, send: () => doors.gnss(nmeaSentences(epoch)) })
  }
  const shiftS = shiftOf(recording, pace)
  for (const { timeS, sentence } of recording.nmea) {
    const stamped = restamp(sentence, shiftS)
    if (stamped !== '') items.push({ timeS, send: () => doors.gnss(`${stamped}\r\n`) })
  }
  return items.sort((a, b) => a.timeS - b.timeS)
}

/** Whole seconds to add to the recording's own UTC so that its last time is that of the end; by its date, if it has one. */
function shiftOf(recording: Recording, pace: Pace): number {
  const timed = recording.nmea.flatMap(({ timeS, sentence }) => {
    const seconds = secondsOfSentence(sentence)
    return seconds === null ? [] : [{ timeS, seconds }]
  })
  const last = timed.findLast(({ seconds }) => seconds > 86_400) ?? timed.at(-1)
  return last ? Math.round(pace.utcMs(last.timeS - recording.startS) / 1000 - last.seconds) : 0
}
