import { z } from 'zod'
import type { RawChunk } from '../raw-chunk.ts'
import { DeviceId } from './ids.ts'

/** A whole number as a path has it. */
const whole = z.string().regex(/^\d{1,16}$/)

/** Which stretch of full-rate readings: its device, and the boot and number of its record. */
export const RawChunkPath = z.object({ deviceId: DeviceId, boot: whole, seq: whole })

/** A stretch of full-rate readings that is stored. */
export const RawChunkSummary = z
  .object({
    boot: z.int(),
    seq: z.int(),
    at: z.iso.datetime(),
    /** From `at` to the last reading. */
    seconds: z.number(),
    /** As it is stored. */
    bytes: z.int(),
  })
  .meta({ id: 'RawChunkSummary' })
export type RawChunkSummary = z.infer<typeof RawChunkSummary>

const column = z.array(z.number())
const sparse = z.array(z.number().nullable())

/** Full-rate readings in columns of equal length; offsets are milliseconds after `at`, units are SI. */
export const RawChunkBody: z.ZodType<RawChunk> = z
  .object({
    /** UTC epoch milliseconds. */
    at: z.number(),
    imu: z.object({ offsetMs: column, ax: column, ay: column, az: column, gx: sparse, gy: sparse, gz: sparse }),
    fixes: z.object({
      offsetMs: column,
      ...{ lat: sparse, lon: sparse, altM: sparse, speedMps: sparse, courseDeg: sparse, hdop: sparse },
    }),
  })
  .meta({ id: 'RawChunk' })
