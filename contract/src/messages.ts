import { z } from 'zod'
import { bands, eventKinds, grades } from './driving-event.ts'
import type { LiveState } from './live.ts'
import type { Ack } from './records.ts'
import { isStorable } from './storable.ts'
import { lanes } from './topics.ts'

/** Bytes of a JSON message of a device: ten times what one needs. */
export const maxMessageBytes = 4096

const id = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9-]{0,63}$/)
const epochMs = z.number().int().min(0).max(4_102_444_800_000)
const maybe = (min: number, max: number) => z.number().min(min).max(max).nullable()
const whole = z.number().int().nonnegative()

/** What a device publishes on `live`. */
export const liveStateSchema: z.ZodType<LiveState> = z.object({
  at: epochMs,
  tripId: id.nullable(),
  lat: maybe(-90, 90),
  lon: maybe(-180, 180),
  speedMps: maybe(0, 150),
  headingDeg: maybe(0, 360),
  limitKmh: maybe(1, 300),
  aLong: maybe(-160, 160),
  aLat: maybe(-160, 160),
  liveRisk: maybe(0, 100),
  tripDistanceM: z.number().nonnegative().max(1e8),
  tripRisk: maybe(0, 100).optional(),
  causes: z
    .array(z.object({ feature: z.string().regex(/^[a-z0-9_]{1,40}$/), share: z.number().min(0).max(1) }))
    .max(5)
    .optional(),
  calibrationConfidence: z.number().min(0).max(1),
  event: z
    .object({
      id,
      kind: z.enum(eventKinds),
      band: z.enum(bands),
      grade: z.enum(grades).nullable(),
      peak: z.number().min(-1e6).max(1e6),
    })
    .nullable(),
})

/** The application ack, as a device reads it. */
export const ackSchema: z.ZodType<Ack> = z.object({
  boot: whole,
  lane: z.enum(lanes),
  from: whole.optional(),
  upTo: whole,
  rejected: z.array(z.object({ firstSeq: whole, lastSeq: whole, reason: z.string().max(500) })).max(100),
})

/**
 * Reads a JSON message at the border.
 * @throws {RangeError} where it is too large or says what no database takes for text, {SyntaxError} where it is no JSON, {z.ZodError} where a field is wrong.
 */
export function parseMessage<T>(
  schema: z.ZodType<T>,
  bytes: Uint8Array,
  { maxBytes } = { maxBytes: maxMessageBytes },
): T {
  if (bytes.length > maxBytes)
    throw new RangeError(`Reading a device's message: ${bytes.length} bytes, at most ${maxBytes}`)
  return schema.parse(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes), storable))
}

/** Looks at each key and value of a message: an escape may stand for a NUL, or for half a character. */
function storable(key: string, value: unknown): unknown {
  for (const text of [key, value])
    if (typeof text === 'string' && !isStorable(text))
      throw new RangeError("Reading a device's message: a NUL or half a character is in its text")
  return value
}
