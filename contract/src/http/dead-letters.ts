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
  })
  .meta({ id: 'DeadLetter' })
export type DeadLetter = z.infer<typeof DeadLetter>
