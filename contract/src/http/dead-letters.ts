import { z } from 'zod'

/** A message from a device that could not be stored, with the reason. */
export const DeadLetter = z
  .object({
    id: z.string(),
    receivedAt: z.iso.datetime(),
    /** Null where the topic named none. */
    deviceId: z.string().nullable(),
    topic: z.string(),
    reason: z.string(),
    detail: z.string(),
    sizeBytes: z.int(),
    /** False where the payload was too large to be kept, or never read: it cannot be replayed. */
    hasPayload: z.boolean(),
    /** Whether its device was told to let go of it: the letter is all that is left, and goes by age alone. */
    acked: z.boolean(),
    /** How often it went through ingest again. */
    tries: z.int(),
    /** When and by whom it went through ingest again and was taken; null where it was not. */
    replayedAt: z.iso.datetime().nullable(),
    replayedBy: z.string().nullable(),
  })
  .meta({ id: 'DeadLetter' })
export type DeadLetter = z.infer<typeof DeadLetter>

/** A letter, with what its batch says of itself, unproved; null where it is none that can be read. */
export const DeadLetterDetail = DeadLetter.extend({
  batch: z
    .object({
      deviceId: z.string(),
      lane: z.string(),
      boot: z.number(),
      firstSeq: z.int(),
      lastSeq: z.int(),
      /** Of the payload's schema, hex: to be looked for in the schema registry. */
      fingerprint: z.string(),
    })
    .nullable(),
}).meta({ id: 'DeadLetterDetail' })
export type DeadLetterDetail = z.infer<typeof DeadLetterDetail>

const LetterId = z.string().regex(/^[1-9]\d{0,15}$/)
const Reason = z.string().regex(/^[a-z_]{1,40}$/)
const Device = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9-]{0,63}$/)

export const DeadLetterParams = z.object({ letterId: LetterId })

/** Which letters are listed: those of a reason or device, those that still wait or that were replayed. */
export const DeadLetterFilter = z.object({
  reason: Reason.optional(),
  deviceId: Device.optional(),
  replayed: z.stringbool().optional(),
})
export type DeadLetterFilter = z.infer<typeof DeadLetterFilter>

/** Which letters go through ingest again: at least one of the three. */
export const DeadLetterReplayBody = z
  .strictObject({
    ids: z.array(LetterId).min(1).max(500).optional(),
    reason: Reason.optional(),
    deviceId: Device.optional(),
    /** Only say which they are. */
    dryRun: z.boolean().optional(),
  })
  .refine(({ ids, reason, deviceId }) => ids !== undefined || reason !== undefined || deviceId !== undefined, {
    message: 'name ids, a reason or a device',
  })
  .meta({ id: 'DeadLetterReplayBody', example: { reason: 'unknown_device', dryRun: true } })
export type DeadLetterReplayBody = z.infer<typeof DeadLetterReplayBody>

/** What became of a letter. */
export const ReplayedLetter = z
  .object({
    id: z.string(),
    deviceId: z.string().nullable(),
    /** `would_replay` in a dry run; `not_replayable` where there is no payload (any more), the broker had refused it, or its device is revoked. */
    outcome: z.enum(['replayed', 'rejected', 'would_replay', 'not_replayable']),
    /** Why it is a dead letter now; null where it is none any more. */
    reason: z.string().nullable(),
    detail: z.string().nullable(),
  })
  .meta({ id: 'ReplayedLetter' })
export type ReplayedLetter = z.infer<typeof ReplayedLetter>

/** What became of the letters; `more` where there are others that the next call would take. */
export const DeadLetterReplay = z
  .object({ letters: z.array(ReplayedLetter), more: z.boolean() })
  .meta({ id: 'DeadLetterReplay' })
export type DeadLetterReplay = z.infer<typeof DeadLetterReplay>
