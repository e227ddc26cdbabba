import { z } from 'zod'
import { type Band, bands, type EventKind, eventKinds } from './driving-event.ts'

/** What the in-car screen cannot rely on now: readings stopped; no place and speed from GNSS; the mount is not known yet. */
export type ScreenTrouble = 'no_readings' | 'no_position' | 'not_calibrated'

/** What the driver is told at this moment. */
export interface ScreenAlert {
  eventId: string
  kind: EventKind
  band: Band
  /** UTC epoch milliseconds. */
  at: number
  /** In the unit of the event's peak. */
  value: number
}

/** The trip that ended last. */
export const screenTripSchema = z.object({
  /** UTC epoch milliseconds. */
  endAt: z.number(),
  distanceM: z.number(),
  durationS: z.number(),
  /** Mean safety score, 0 (riskiest) to 100; null where nothing could be scored. */
  score: z.number().nullable(),
  /** What the driver was told of, by kind and band, most severe first. */
  events: z.array(z.object({ kind: z.enum(eventKinds), band: z.enum(bands), count: z.number() })),
})
export type ScreenTrip = z.infer<typeof screenTripSchema>

/**
 * What the agent tells the in-car screen: the whole state, at once on connecting, on every alert, and once a second
 * (Server-Sent Events on `/local/v1/screen`). It holds no position.
 */
export interface ScreenState {
  /** UTC epoch milliseconds. */
  at: number
  /** Driving shows status alone. */
  view: 'driving' | 'parked'
  /** By ambient light, as far as the sun tells it. */
  ground: 'black' | 'white'
  /** Safety score of the last ten seconds, 0 to 100. */
  score: number | null
  /** km/h above the posted limit, once that is speeding; null otherwise. */
  overKmh: number | null
  limitKmh: number | null
  troubles: ScreenTrouble[]
  alert: ScreenAlert | null
  lastTrip: ScreenTrip | null
  /** Whether the broker is connected, and the records that it has yet to take. */
  online: boolean
  waiting: number
  /** Code for pairing a phone, shown on the box's own screen alone; null where none is asked for. */
  pairing: { code: string; leftS: number } | null
  /** Whether this screen may ask for such a code. */
  canPair: boolean
  /** Phones that are paired. */
  phones: number
}
