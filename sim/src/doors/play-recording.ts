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

/** The box has power so long before the engine starts, seconds of real time: the agent is at work when the drive begins. */
const PRELUDE_S = 1
const PRELUDE_STATES = 10

/** One thing to put on a line. */
interface Item {
  /** Seconds since the power came. */
  dueS: number
  send(): void
}

/**
 * Plays a recording through the doors at `rate` times its speed: every reading at its time, repeated fixes and blank fields
 * as they are, ignition on from its start and off one second after its end.
 */
export async function playRecording(options: {
  recording: Recording
  doors: Doors
  rate: number
  signal: AbortSignal
}): Promise<void> {
  const { recording, doors, rate, signal } = options
  const preludeS = PRELUDE_S * rate
  const durationS = preludeS + recording.endS - recording.startS
  await doors.board.connected
  const pace = startPace({ rate, durationS, signal })
  for (const item of schedule({ recording, doors, pace, preludeS })) {
    if (item.dueS > pace.now()) await pace.until(item.dueS)
    item.send()
  }
  await pace.until(durationS + 1)
  doors.board.state((durationS + 1) * 1e6, false, BATTERY_OFF_MV)
}

function schedule(options: { recording: Recording; doors: Doors; pace: Pace; preludeS: number }): Item[] {
  const { recording, doors, pace, preludeS } = options
  const due = (timeS: number): number => timeS - recording.startS + preludeS
  const items: Item[] = []
  const state = (dueS: number, ignition: boolean): void => {
    items.push({ dueS, send: () => doors.board.state(dueS * 1e6, ignition, ignition ? BATTERY_ON_MV : BATTERY_OFF_MV) })
  }
  for (let n = 0; n < PRELUDE_STATES; n++) state((n / PRELUDE_STATES) * preludeS, false)
  for (let timeS = recording.startS; timeS <= recording.endS; timeS++) state(due(timeS), true)
  for (const row of recording.imu)
    items.push({ dueS: due(row.timeS), send: () => doors.board.imu(due(row.timeS) * 1e6, row) })
  for (const row of recording.gps) {
    const epoch = { ...row, utcMs: pace.utcMs(due(row.timeS)), satellites: row.lat === null ? 0 : 8 }
    items.push({ dueS: due(row.timeS), send: () => doors.gnss(nmeaSentences(epoch)) })
  }
  const shiftS = shiftOf(recording, (timeS) => pace.utcMs(due(timeS)))
  for (const { timeS, sentence } of recording.nmea) {
    const stamped = restamp(sentence, shiftS)
    if (stamped !== '') items.push({ dueS: due(timeS), send: () => doors.gnss(`${stamped}\r\n`) })
  }
  return items.sort((a, b) => a.dueS - b.dueS)
}

/** Whole seconds to add to the recording's own UTC so that its last time is that of the end; by its date, if it has one. */
function shiftOf(recording: Recording, utcMs: (timeS: number) => number): number {
  const timed = recording.nmea.flatMap(({ timeS, sentence }) => {
    const seconds = secondsOfSentence(sentence)
    return seconds === null ? [] : [{ timeS, seconds }]
  })
  const last = timed.findLast(({ seconds }) => seconds > 86_400) ?? timed.at(-1)
  return last ? Math.round(utcMs(last.timeS) / 1000 - last.seconds) : 0
}
