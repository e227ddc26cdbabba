import { z } from 'zod'
import { DriverId } from './ids.ts'
import { longestPeriodDays, standardPeriodDays } from './risk.ts'

/** Drivers that are named one by one in one request; more than these are `all`. */
const mostDrivers = 10_000
/** Each driver of a batch is locked until it is stored: with the server's usual settings there is room for three such batches. */
const largestBatch = 2000

/** Days of trips that a score is made of. */
export const RiskPeriodDays = z.int().min(1).max(longestPeriodDays).default(standardPeriodDays)

export const riskJobStates = ['queued', 'running', 'done', 'cancelled', 'failed'] as const

export const RiskJobId = z.string().regex(/^JOB-[1-9]\d{0,14}$/)

/**
 * Whose scores are calculated anew, over how many days, and how many drivers are stored at a time. Scores of another period than the standard
 * one are stored and told in the trend of their period; they are neither shown as the score nor priced.
 */
export const RiskBatchBody = z
  .strictObject({
    driver_ids: z.union([z.array(DriverId).min(1).max(mostDrivers), z.literal('all')]),
    period_days: RiskPeriodDays,
    batch_size: z.int().min(1).max(largestBatch).default(100),
  })
  .meta({ id: 'RiskBatchBody' })
export type RiskBatchBody = z.infer<typeof RiskBatchBody>

/** A job that scores many drivers anew. */
export const RiskJob = z
  .object({
    id: z.string(),
    state: z.enum(riskJobStates),
    /** Whether it was asked to end; it does so after the batch that is under way. */
    cancelAsked: z.boolean(),
    /** How many drivers were named; null where it is all. */
    named: z.int().nullable(),
    periodDays: z.int(),
    batchSize: z.int(),
    requestedBy: z.string(),
    /** Of the driver model that scores; null before it has begun. */
    modelVersion: z.string().nullable(),
    /** Drivers: in all, and what became of those that are done. */
    total: z.int(),
    done: z.int(),
    scored: z.int(),
    /** Nothing that the score is made of has changed: no new version. */
    unchanged: z.int(),
    /** Without a trip that is insured. */
    unscored: z.int(),
    failed: z.int(),
    /** Why it was given up; null where it was not. */
    error: z.string().nullable(),
    createdAt: z.iso.datetime(),
    startedAt: z.iso.datetime().nullable(),
    endedAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'RiskJob' })
export type RiskJob = z.infer<typeof RiskJob>

/** A driver of a job who could not be scored. */
export const RiskJobFailure = z.object({ driverId: z.string(), error: z.string() }).meta({ id: 'RiskJobFailure' })
export type RiskJobFailure = z.infer<typeof RiskJobFailure>
