import type { ContestState } from '@fairmile/contract/contest.ts'
import type { CrashFacts } from '@fairmile/contract/crash.ts'
import type { Band, EventKind, Grade } from '@fairmile/contract/driving-event.ts'
import type { DrivingEventSummary } from '@fairmile/contract/http/events.ts'
import { KMH_PER_MPS } from '@fairmile/contract/units.ts'
import { thresholds } from '@fairmile/models/events/thresholds.ts'
import { acceleration, decimal, nbsp, speed } from './figures.ts'

const nouns: Record<EventKind, string> = {
  harsh_braking: 'brake',
  harsh_acceleration: 'acceleration',
  harsh_cornering: 'corner',
  harsh_lane_change: 'lane change',
  speeding: 'speeding',
  phone_use: 'phone use',
  crash: 'crash',
  tamper: 'sensor box',
}

const bandAdjectives: Record<Band, string> = { log: 'Brisk', coach: 'Firm', count: 'Hard' }

/** What happened, in two words: `Hard brake`, `Firm corner`, `Speeding`. */
export function eventTitle(kind: EventKind, band: Band): string {
  const noun = nouns[kind]
  return kind.startsWith('harsh_') ? `${bandAdjectives[band]} ${noun}` : noun[0]!.toUpperCase() + noun.slice(1)
}

type Judged = {
  kind: EventKind
  band: Band
  grade: Grade
  contest?: ContestState | null
  trueLimit?: DrivingEventSummary['trueLimit']
}

/** What an event counts as now: by a limit that was put right since, where one was; null where it is none by that, or a contest takes it out. */
export function bandNow({ band, contest, trueLimit }: Judged): Band | null {
  if (trueLimit) return trueLimit.band
  return contestWords(contest) === null ? band : null
}

/** Whether an event touches a price: only grade A in the count band does, and a crash never by itself. */
export const counts = (event: Judged): boolean =>
  event.kind !== 'crash' && bandNow(event) === 'count' && event.grade === 'A'

/** What an event is for, in a few words, with its grade. */
export function weight(event: Judged): string {
  const { grade, contest, trueLimit } = event
  const at = trueLimit ? ` by the true limit of ${decimal(trueLimit.limitKmh)}${nbsp}km/h` : ''
  const band = bandNow(event)
  if (band === null) return at ? `no speeding${at}` : contestWords(contest)!
  if (counts(event)) return `counts, ${grade}${at}`
  if (band === 'count') return `does not count, ${grade}${at}`
  return `${band === 'coach' ? 'coaching' : 'noted'}, ${grade}${at}`
}

/** What a contest makes of its event while it is pending and once it is upheld; null where the event is what it was. */
function contestWords(state: ContestState | null | undefined): string | null {
  if (state === 'upheld') return 'does not count: contest upheld'
  return state === 'open' || state === 'awaiting_second' ? 'contested, counts for nothing' : null
}

/** The few events that tell most, in order of time: first those that count, then those that were told, the surest first. */
export function mostTelling<E extends Judged & { startAt: string }>(events: readonly E[], most: number): E[] {
  const rank = (event: E): number => {
    if (counts(event)) return 0
    if (event.band === 'log') return 3
    return event.grade === 'A' ? 1 : 2
  }
  return events
    .toSorted((a, b) => rank(a) - rank(b))
    .slice(0, most)
    .toSorted((a, b) => Date.parse(a.startAt) - Date.parse(b.startAt))
}

/** The largest value of what was judged, with its unit. */
export function peakOf({ kind, peak }: { kind: EventKind; peak: number }): string {
  if (kind === 'tamper') return 'to be looked at'
  if (kind === 'speeding') return `${decimal(peak * KMH_PER_MPS)}${nbsp}km/h over the limit`
  return kind === 'phone_use' ? `${decimal(peak)}${nbsp}s in the hand` : acceleration(Math.abs(peak))
}

/** `46 → 3 km/h`, null where a speed is unknown. */
export function speedsOf({ startSpeedMps, endSpeedMps }: DrivingEventSummary): string | null {
  if (startSpeedMps === null || endSpeedMps === null) return null
  return `${decimal(startSpeedMps * KMH_PER_MPS)} → ${speed(endSpeedMps)}`
}

/** The bands of a harsh kind in g, null for kinds that are judged otherwise. */
export function bandsOf(kind: EventKind): Record<Band, number> | null {
  if (kind === 'harsh_lane_change') return thresholds.laneChange.bandsG
  return (thresholds.harsh as Partial<Record<EventKind, { bandsG: Record<Band, number> }>>)[kind]?.bandsG ?? null
}

/** The rule that put an event into its band, in a sentence. */
export function ruleOf({ kind, band }: { kind: EventKind; band: Band }): string {
  const limits = bandsOf(kind)
  if (kind === 'crash') {
    const { deltaVMps, windowMs } = thresholds.crash
    return `The speed changed by more than ${speed(deltaVMps)} within ${windowMs}${nbsp}ms. A crash touches no price by itself.`
  }
  if (!limits) return ''
  const held = `for ${decimal(thresholds.holdMs / 1000, 1)}${nbsp}s or longer`
  const g = (of: Band) => `${decimal(limits[of], 2)}${nbsp}g`
  return `More than ${g(band)} ${held}. Noted from ${g('log')}, told from ${g('coach')}, counted from ${g('count')}.`
}

const sides = [
  'the front',
  'the front right',
  'the right',
  'the rear right',
  'the rear',
  'the rear left',
  'the left',
  'the front left',
]

/** A crash in a sentence: how much the speed changed, where the blow came from, how hard it was. */
export function crashWords({ deltaVMps, directionDeg, peakMps2, rolledOver, saturated }: CrashFacts): string {
  const side = directionDeg === null ? '' : ` by a blow from ${sides[Math.round(directionDeg / 45) % 8]}`
  const change = `The car’s speed changed by ${saturated ? 'at least ' : ''}${speed(deltaVMps)}${side}, at most ${acceleration(peakMps2)}.`
  if (deltaVMps === 0) return 'The car rolled over.'
  return rolledOver ? `${change} It rolled over.` : change
}

/** What a grade means for the driver. */
export const gradeWords: Record<Grade, string> = {
  A: 'Every sensor agrees and the trace is kept.',
  B: 'One check of the evidence failed, so it cannot touch your price.',
  C: 'Judged without a sensor that it needs, so it cannot touch your price.',
}

const gradeReasons: Record<string, string> = {
  no_speed: 'the speed was not known',
  no_calibration: 'the mount was not calibrated',
  calibration_sigma: 'the mount was not known well enough',
  fix_quality: 'the position was not good enough',
  implausible: 'the sensors told what cannot be',
  saturated: 'the sensor was at its limit',
  in_crash: 'it happened in a crash',
  judged_later: 'the mount was calibrated only afterwards',
  low_rate: 'the sensor is too slow to show the peak',
  limit_confidence: 'the limit was not known well enough',
  drove_on: 'the car drove on as before',
  alarm_alone: 'only its alarm has arrived',
  sensors_disagree: 'the sensors did not agree',
  mount_moved: 'the box sits otherwise than it did',
  power_pulled: 'the power went while the car drove',
  power_pulled_standing: 'the power went while the ignition was on',
  sensors_apart: 'receiver and motion sensor told of different drives',
  odometer_apart: 'the odometer counted another way than was sensed',
  odometer_unseen: 'the car was driven while the box was off',
  road_unknown: 'a road that swerves feels the same',
  phone_reported: 'a phone reported it, and it cannot know whose hand it is in',
  no_trace: 'no trace was kept',
}

/** A failed row of the grade table in words; a name that is not known here is shown as it is. */
export const gradeReason = (name: string): string => gradeReasons[name] ?? name.replaceAll('_', ' ')
