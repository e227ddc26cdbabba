import { z } from 'zod'
import { roles } from './auth.ts'
import { PageQuery } from './page.ts'
import { policyStates } from './policies.ts'

const moment = z.iso.datetime()
/** A search: the beginning of an id, or beginnings of words of name and e-mail address, all of which must be there. */
const search = z.string().trim().min(1).max(100).optional().meta({
  description: 'beginning of an id, or of words of name and e-mail address',
  example: 'ber',
})
const flag = z.enum(['true', 'false']).transform((text) => text === 'true')
const score = z.coerce.number({ error: 'it must be a number from 0 to 100' }).min(0).max(100).optional()
/** A name of some length is in the cursor. */
const cursor = z.string().max(600).optional()

/** Days without a word after which a box counts as silent: longer than a weekend in a garage. */
export const silentDays = 7

export const AdminDriverQuery = PageQuery.extend({
  cursor,
  search,
  /** Bounds of the safety score; who has none is outside of them. */
  scoreFrom: score,
  scoreTo: score,
  unscored: flag.optional(),
  /** Has an active policy under this plan. */
  plan: z.string().min(1).max(60).optional(),
  /** Has a policy that is active today, or none. */
  active: flag.optional(),
  /** Has a box that said nothing for seven days, or never. */
  silent: flag.optional(),
  sort: z.enum(['id', 'name', '-score', 'score']).default('id'),
})
export type AdminDriverQuery = z.infer<typeof AdminDriverQuery>

/** The same filters as a body has them: those of a list, whatever its order and page. */
export const DriverFilter = z
  .strictObject({
    search,
    scoreFrom: z.number().min(0).max(100).optional(),
    scoreTo: z.number().min(0).max(100).optional(),
    unscored: z.boolean().optional(),
    plan: AdminDriverQuery.shape.plan,
    active: z.boolean().optional(),
    silent: z.boolean().optional(),
  })
  .meta({ id: 'DriverFilter' })
export type DriverFilter = z.infer<typeof DriverFilter>

/** A driver as a list shows them. */
export const AdminDriver = z
  .object({
    id: z.string(),
    name: z.string(),
    email: z.string(),
    userId: z.string(),
    disabled: z.boolean(),
    createdAt: moment,
    /** Null before the first, and while kilometres are missing. */
    score: z
      .object({
        safetyScore: z.number(),
        low: z.number(),
        high: z.number(),
        judgedKm: z.number(),
        calculatedAt: moment,
      })
      .nullable(),
    /** Judged kilometres that the plan of their policy in force (or else of the next, or the last that ended) still misses before it goes by a score; null before the first trip. */
    missingKm: z.number().nullable(),
    /** Policies that are active today, and their plans. */
    policies: z.int(),
    plans: z.array(z.string()),
    /** Claimed boxes in the vehicles of those policies, and the newest word of any. */
    devices: z.int(),
    heardAt: moment.nullable(),
  })
  .meta({ id: 'AdminDriver' })
export type AdminDriver = z.infer<typeof AdminDriver>

/** How a policy stands today; one that was voided never begins. */
const standings = ['upcoming', 'active', 'ended', 'voided'] as const

export const AdminPolicyQuery = PageQuery.extend({
  cursor,
  search,
  plan: z.string().min(1).max(60).optional(),
  state: z.enum(standings).optional(),
  /** Active, and ends within so many days. */
  endsWithin: z.coerce.number().int().min(0).max(366).optional(),
  sort: z.enum(['id', 'endsOn', '-premium']).default('id'),
})
export type AdminPolicyQuery = z.infer<typeof AdminPolicyQuery>

/** A policy as a list shows it. */
export const AdminPolicy = z
  .object({
    id: z.string(),
    driver: z.object({ id: z.string(), name: z.string() }),
    vehicle: z.object({ id: z.string(), name: z.string() }),
    planId: z.string(),
    startsOn: z.iso.date(),
    endsOn: z.iso.date(),
    state: z.enum(standings),
    /** What became of it: it may be cancelled and insure until its last day. */
    outcome: z.enum(policyStates),
    /** The newest; null before the first. Money in minor units. */
    premium: z
      .object({ currency: z.string(), premiumMinor: z.int(), monthMinor: z.int(), discountPpm: z.int() })
      .nullable(),
    /** The policy that follows it for the same driver and vehicle; null where there is none yet. */
    renewal: z.object({ id: z.string(), planId: z.string() }).nullable(),
  })
  .meta({ id: 'AdminPolicy' })
export type AdminPolicy = z.infer<typeof AdminPolicy>

export const AdminUserQuery = PageQuery.extend({
  cursor,
  search,
  role: z.enum(roles).optional(),
  disabled: flag.optional(),
  sort: z.enum(['id', 'email', '-created']).default('id'),
})
export type AdminUserQuery = z.infer<typeof AdminUserQuery>

/** A log-in as a list shows it. */
export const AdminUser = z
  .object({
    id: z.string(),
    email: z.string(),
    name: z.string(),
    role: z.enum(roles),
    driverId: z.string().nullable(),
    /** Its owner has not chosen a password yet: until then nobody can log in. */
    invited: z.boolean(),
    createdAt: moment,
    /** Null while it may be used. */
    disabledAt: moment.nullable(),
  })
  .meta({ id: 'AdminUser' })
export type AdminUser = z.infer<typeof AdminUser>
