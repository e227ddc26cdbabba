import { z } from 'zod'
import { eventKinds } from '../driving-event.ts'

const moment = z.iso.datetime()
const driven = z.object({ trips: z.int(), km: z.number() })

/** What the newest scores say of all who drive. */
const Scores = z.object({
  /** Drivers with a score, and those without: before the first, or with fewer judged kilometres than their plan asks for. */
  scored: z.int(),
  unscored: z.int(),
  /** Mean safety score, and where the mean of such a portfolio lies with 90 % confidence; null without scores, or of one alone. */
  mean: z.number().nullable(),
  interval: z.object({ low: z.number(), high: z.number() }).nullable(),
  /** Drivers by safety score, ten to a bin: from 0 to below 10, and so on; 100 is in the last. */
  bins: z.array(z.int()).length(10),
})

/** How the parts of the service are; each as it was when it was asked. */
const Health = z.object({
  /** Domain events that wait and that were given up, by consumer; the age of the oldest that waits, seconds. */
  deliveries: z.array(z.object({ consumer: z.string(), pending: z.int(), dead: z.int(), lagS: z.number().nullable() })),
  /** Messages of devices that could not be stored and were not replayed. */
  deadLetters: z.object({ waiting: z.int(), newestAt: moment.nullable() }),
  /** What recurs, with the end of its newest run; null where it never ran. */
  jobs: z.array(
    z.object({
      job: z.string(),
      does: z.string(),
      state: z.string().nullable(),
      endedAt: moment.nullable(),
      error: z.string().nullable(),
    }),
  ),
  /** Of the process that answers, since it began; null before the first request. */
  cacheHitRate: z.number().nullable(),
  database: z.object({ kind: z.enum(['embedded', 'server']), sizeBytes: z.number() }),
})

/** The whole portfolio at a glance; days are UTC, today is the last of them. */
export const AdminOverview = z
  .object({
    at: moment,
    drivers: z.int(),
    activePolicies: z.int(),
    /** Boxes that were claimed, and those of them that were heard in the last 24 hours. */
    devices: z.object({ claimed: z.int(), heard: z.int() }),
    driven: z.object({ today: driven, days7: driven, days30: driven }),
    scores: Scores,
    /** The newest premiums of the policies that are active, by currency. */
    premiums: z.array(
      z.object({
        currency: z.string(),
        policies: z.int(),
        /** What their terms have cost to date, minor units. */
        premiumMinor: z.int(),
        monthMinor: z.int(),
        meanDiscountPpm: z.int(),
      }),
    ),
    /** 30 days, the oldest first; kilometres that could be judged beside all of them. */
    activity: z.array(
      z.object({ day: z.iso.date(), trips: z.int(), drivers: z.int(), km: z.number(), gradableKm: z.number() }),
    ),
    /** Driving events by day and kind; `counted` are those of grade A in the count band, which a price may rest on. */
    events: z.array(z.object({ day: z.iso.date(), kind: z.enum(eventKinds), events: z.int(), counted: z.int() })),
    health: Health,
  })
  .meta({ id: 'AdminOverview' })
export type AdminOverview = z.infer<typeof AdminOverview>
