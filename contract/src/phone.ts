import { z } from 'zod'

/** What a phone sends to be paired: the code that the in-car screen shows, and what it wants to be called. */
export const pairPhoneSchema = z.strictObject({
  code: z.string().regex(/^\d{6}$/),
  name: z
    .string()
    .trim()
    .min(1)
    .max(40)
    .regex(/^[\p{L}\p{N} .,'’()_-]+$/u),
})
export type PairPhone = z.infer<typeof pairPhoneSchema>

/** What it gets for the code; the token is given this once. */
export const pairedPhoneSchema = z.object({ id: z.string(), token: z.string() })
export type PairedPhone = z.infer<typeof pairedPhoneSchema>

/** What a paired phone says of itself, once a second and at each change; null where it cannot tell. */
export const phoneReportSchema = z.strictObject({
  /** It is held or touched, by its own motion and proximity sensors. */
  handling: z.boolean().nullable(),
  screenOn: z.boolean().nullable(),
  call: z.enum(['none', 'handsfree', 'handheld']).nullable(),
})
export type PhoneReport = z.infer<typeof phoneReportSchema>
