import type { EventKind } from '@fairmile/contract/driving-event.ts'
import type { ScreenAlert, ScreenState, ScreenTrip, ScreenTrouble } from '@fairmile/contract/screen.ts'
import { eventTitle, peakOf } from '../words/event-words.ts'
import { counted, duration, kilometres, nbsp } from '../words/figures.ts'

/** A line to be caught in a glance, and one below it that may be missed. */
export interface Words {
  title: string
  detail: string
}

const special: Partial<Record<EventKind, Words>> = {
  crash: { title: 'Crash noted', detail: `If anyone is hurt, call${nbsp}112.` },
  tamper: { title: 'Check the box', detail: 'When you have parked.' },
  phone_use: { title: 'Phone in hand', detail: 'Noted while driving.' },
}
const atRest: Partial<Record<EventKind, string>> = {
  tamper: 'It was moved or unplugged, or its readings disagree.',
}

/** What an alert says: little while driving. */
export function alertWords({ kind, band, value }: ScreenAlert, view: ScreenState['view']): Words {
  const words = special[kind] ?? { title: eventTitle(kind, band), detail: peakOf({ kind, peak: value }) }
  return { ...words, detail: (view === 'parked' && atRest[kind]) || words.detail }
}

/** Whether an alert asks for an act, not only for attention. */
export const needsAct = ({ kind }: ScreenAlert): boolean => kind === 'crash' || kind === 'tamper'

/** What is wrong while driving, in a few words. */
export const troubleTitles: Record<ScreenTrouble, string> = {
  no_readings: 'No sensor readings',
  no_position: 'No GPS',
  not_calibrated: 'Learning how the box sits',
}

/** What is wrong, and what happens next, for who has time to read. */
export const troubleWords: Record<ScreenTrouble, string> = {
  no_readings: 'The sensors are silent. With the ignition off that is normal.',
  no_position: 'No GPS position yet. It comes under the open sky.',
  not_calibrated: 'The box learns how it sits as you drive. Until then no manoeuvre is judged.',
}

/** `2 hard brakes`, `speeding once`. */
function eventCount({ kind, band, count }: ScreenTrip['events'][number]): string {
  if (kind === 'tamper') return 'the box needs a look'
  const title = eventTitle(kind, band)
  const words = title[0]!.toLowerCase() + title.slice(1)
  if (kind.startsWith('harsh_')) return counted(count, words)
  return `${words} ${count === 1 ? 'once' : counted(count, 'time')}`
}

/** What the driver was told of on a trip, at most three lines. */
export function tripEvents({ events }: ScreenTrip): string[] {
  if (events.length === 0) return ['Nothing to tell of it.']
  const lines = events.slice(0, events.length > 3 ? 2 : 3).map(eventCount)
  return events.length > 3 ? [...lines, `and ${counted(events.length - 2, 'more kind')}`] : lines
}

/** `12.4 km in 24 min`. */
export const tripLength = ({ distanceM, durationS }: ScreenTrip): string =>
  `${kilometres(distanceM)}${nbsp}km in ${duration(durationS)}`

/** Where the records are. */
export function deliveryWords({ online, waiting }: ScreenState): string {
  if (!online) return `Offline. ${counted(waiting, 'record')} kept here until the network is back.`
  return waiting === 0 ? 'All records are with the cloud.' : `Sending ${counted(waiting, 'record')}.`
}

/** `483 921`: six digits in two groups. */
export const codeText = (code: string): string => `${code.slice(0, 3)}${nbsp}${code.slice(3)}`
