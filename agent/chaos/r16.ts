/**
 * R16: one drive, with the computer's and the receiver's clocks wrong in every way that cars have seen: an hour off,
 * 1970, 2038, the GPS weeks rolled over, summer time, steps within the trip and within a bend. Claim: nothing lasts less
 * than no time, every trip, event and second is stored as with right clocks, in their order, and at the true time
 * wherever the receiver knew it.
 *
 * The control stores the clock as it is read. It must fail.
 */
import { quality } from '@fairmile/contract/telematics.ts'
import { chaosOptions, verdict } from '../../scripts/chaos/command.ts'
import { type ClockCase, clockCases, steady } from './parts/clock-cases.ts'
import { driveWithClocks, type StoredDrive } from './parts/clock-drive.ts'

/** How near the true time a record must be: a record is of a second, and a leap second is another. */
const nearMs = 2500

const options = chaosOptions({
  id: 'R16',
  claim: 'Wrong clocks: no negative duration, order kept, nothing dropped.',
  control: 'store the clocks as they are read',
  runs: clockCases.length,
  of: 'how many of the cases, from the first',
})
const expected = shapeOf(await driveWithClocks(steady))
const found = { cases: 0, ...expected, negativeDurations: 0, outOfOrder: 0, dropped: 0, farFromTruth: 0 }
const failing: string[] = []
for (const one of clockCases.slice(0, options.runs)) {
  const judged = options.control ? asRead(one) : await judge(one)
  found.cases++
  const wrong = Object.entries(judged).filter(([, count]) => count !== 0)
  for (const [what, count] of wrong) found[what as keyof typeof judged] += count
  options.say(`${wrong.length === 0 ? 'held' : JSON.stringify(Object.fromEntries(wrong))}: ${one.name}`)
  if (wrong.length > 0) failing.push(one.name)
}
verdict('R16', options, failing.length === 0 && found.events > 0 && found.trips === 1, { ...found, failing })

function shapeOf({ telematics, trips }: StoredDrive) {
  const of = (type: string): number => trips.filter((record) => record.type === type).length
  return { records: telematics.length, trips: of('trip'), events: of('event') }
}

async function judge(one: ClockCase) {
  const stored = await driveWithClocks(one)
  const { telematics, trips } = stored
  const shape = shapeOf(stored)
  const missing = (['records', 'trips', 'events'] as const).map((what) => Math.abs(expected[what] - shape[what]))
  const durations = trips.flatMap((record) => {
    if (record.type === 'event') return [record.event.endAt - record.event.startAt]
    if (record.type !== 'trip') return []
    const { durationS, movingS } = record.trip.statistics
    return [record.trip.endAt - record.trip.startAt, durationS, movingS]
  })
  return {
    negativeDurations: durations.filter((duration) => !(duration >= 0)).length,
    outOfOrder: telematics.filter((event, i) => i > 0 && isBehind(telematics[i - 1]!, event)).length,
    dropped: stored.dropped + missing.reduce((sum, count) => sum + count, 0),
    farFromTruth: one.known ? farFromTruth(one, stored) : 0,
  }
}

/** A number or a time that does not go on; the one step from a guess to the receiver's time may go back. */
function isBehind(before: StoredDrive['telematics'][number], event: StoredDrive['telematics'][number]): boolean {
  const found = (before.quality & quality.clockUnset) !== 0 && (event.quality & quality.clockUnset) === 0
  return event.seq !== before.seq + 1 || (event.at < before.at && !found)
}

function farFromTruth(one: ClockCase, { telematics, trips }: StoredDrive): number {
  const startMs = (one.name.startsWith('summer') ? one : steady).wall(0)
  const firstMs = startMs - nearMs
  const lastMs = startMs + 300_000 + nearMs
  const far = (at: number): boolean => at < firstMs || at > lastMs
  const seconds = telematics.filter((event) => (event.quality & quality.clockUnset) === 0 && far(event.at))
  const ends = trips.filter((record) => record.type === 'trip' && (far(record.trip.startAt) || far(record.trip.endAt)))
  return seconds.length + ends.length
}

/** What a program stores that asks the receiver, or else the computer, each time: its trip lasts from the first to the last. */
function asRead({ wall, gnss }: ClockCase) {
  const at = Array.from({ length: 300 }, (_, s) => gnss(s) ?? wall(s))
  return {
    negativeDurations: at.at(-1)! < at[0]! ? 1 : 0,
    outOfOrder: at.filter((time, i) => i > 0 && time < at[i - 1]!).length,
    dropped: 0,
    farFromTruth: 0,
  }
}
