import { z } from 'zod'
import { ledgerKinds } from '../receipt.ts'

/** An entry of a policy's ledger: what was asked for (above zero) and given back, minor units. */
export const PremiumEntry = z
  .object({
    seq: z.int(),
    kind: z.enum(ledgerKinds),
    amountMinor: z.int(),
    /** The sum of all amounts to here. */
    balanceMinor: z.int(),
    currency: z.string().length(3),
    /** End of the time billed, not included. */
    throughDay: z.iso.date(),
    receiptId: z.string(),
    recordedAt: z.iso.datetime(),
    correlationId: z.string(),
  })
  .meta({ id: 'PremiumEntry' })
export type PremiumEntry = z.infer<typeof PremiumEntry>

/** How many periods a call has billed. */
export const Billed = z
  .object({
    periods: z.int(),
    /** There are more: call again. */
    more: z.boolean(),
    /** The pending contest of a trip of the next period, which waits for the ruling. */
    putOffBy: z.string().nullable(),
  })
  .meta({ id: 'Billed' })
export type Billed = z.infer<typeof Billed>
