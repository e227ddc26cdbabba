import { z } from 'zod'
import { Rated } from '../rating-plan.ts'
import { DriverId, PolicyId } from './ids.ts'
import { Day } from './times.ts'

/** The newest premium of a driver's policy; money in minor units of `currency`. */
export const Premium = z
  .object({
    driverId: z.string(),
    policyId: z.string(),
    planId: z.string(),
    receiptId: z.string(),
    calculatedAt: z.iso.datetime(),
    /** Days of the term that have begun. */
    termDays: z.int(),
    currency: z.string().length(3),
    /** What the term has cost to date. */
    premiumMinor: z.int(),
    /** The same with fees and taxes; null where the plan has none, and for premiums of before it was kept. */
    payableMinor: z.int().nullable(),
    /** A month of the plan's days and distance at the present price. */
    monthMinor: z.int(),
    /** What the term would have cost to date without the discount. */
    beforeDiscountMinor: z.int(),
    /** Of the discount to date, what is not in the price: by the plan's limit of change in a term, its minimum, or what the term had cost before; null for premiums of before it was kept. */
    heldBackMinor: z.int().nullable(),
    /** Parts per million, at most what the plan allows. */
    discountPpm: z.int(),
    maxDiscountPpm: z.int(),
    /** Share of the kilometres in clean, gradable trips, and its credibility, parts per million. */
    cleanSharePpm: z.int(),
    credibilityPpm: z.int(),
    /** Relativity that the price takes, parts per million. */
    relativityPpm: z.int(),
    exposureKm: z.number(),
    /** What the driver was asked for, less what came back, and what was waived; null for premiums of before there was a ledger. */
    billedMinor: z.int().nullable(),
    waivedMinor: z.int().nullable(),
    /** The first day of the term that is not billed yet; null before the first bill. */
    billedUntil: z.iso.date().nullable(),
  })
  .meta({ id: 'Premium' })
export type Premium = z.infer<typeof Premium>

/** Which of a driver's policies; left out, the one in force today, or else the next to begin, or the last that ended. */
export const PremiumQuery = z.object({ policyId: PolicyId.optional() })

/** A receipt in a list; the whole one is what `npx fairmile verify` re-derives. */
export const ReceiptSummary = z
  .object({
    id: z.string(),
    policyId: z.string(),
    issuedAt: z.iso.datetime(),
    currency: z.string().length(3),
    premiumMinor: z.int(),
    discountPpm: z.int(),
    /** SHA-256 of the receipt's canonical JSON, hex. */
    hash: z.string(),
  })
  .meta({ id: 'ReceiptSummary' })
export type ReceiptSummary = z.infer<typeof ReceiptSummary>

/** A step of the arithmetic, in order; see the receipt. */
const PriceStep = z.object({
  name: z.string(),
  unit: z.enum(['m', 'ppm', 'micro', 'minor', 'days']),
  formula: z.string(),
  value: z.int(),
})

/** What is to be insured, of which nothing is known but what is expected. */
export const QuoteBody = z
  .strictObject({
    planId: z.string().min(1).max(60),
    /** What the policy would tell the plan. */
    rated: Rated.optional(),
    /** Kilometres that are expected in the days. */
    expectedKm: z.number().min(0).max(200_000),
    days: z.int().min(1).max(366).default(365),
    /** The first day of the term: its plan must take policies that begin then. Today, of UTC, where left out. */
    startsOn: Day.optional(),
    /** Who would drive, as they did in the trips of their newest score. An average driver where left out. */
    driverId: DriverId.optional(),
  })
  .meta({ id: 'QuoteBody' })
export type QuoteBody = z.infer<typeof QuoteBody>

/** What a term would cost an average driver without any discount, or the driver who was asked for; and by how one drives, from the least to the most. */
export const Quote = z
  .object({
    planId: z.string(),
    currency: z.string().length(3),
    days: z.int(),
    expectedKm: z.number(),
    premiumMinor: z.int(),
    monthMinor: z.int(),
    leastMinor: z.int(),
    mostMinor: z.int(),
    steps: z.array(PriceStep),
    /** Whose score and clean share it is quoted with; null for an average driver. */
    driver: z
      .object({
        driverId: z.string(),
        scoreVersion: z.int(),
        relativityPpm: z.int(),
        cleanSharePpm: z.int(),
        discountPpm: z.int(),
      })
      .nullable(),
  })
  .meta({ id: 'Quote' })
export type Quote = z.infer<typeof Quote>

/** What a term to date costs with a trip and without it, all else as it is. */
export const TripPremium = z
  .object({
    tripId: z.string(),
    policyId: z.string(),
    currency: z.string().length(3),
    withMinor: z.int(),
    withoutMinor: z.int(),
    differenceMinor: z.int(),
  })
  .meta({ id: 'TripPremium' })
export type TripPremium = z.infer<typeof TripPremium>
