import { z } from 'zod'
import { deviceSettingsSchema } from '../device-messages.ts'
import { DriverFilter } from './admin-lists.ts'
import { roles } from './auth.ts'
import { DeviceId, DriverId, PolicyId, UserId } from './ids.ts'
import { RiskPeriodDays } from './risk-jobs.ts'

/** Things that one run may change: a preview of them is made, and compared, in one go. */
export const maxBulkItems = 10_000
/** Ids named one by one. */
const maxIds = 1_000
/** Things that a preview shows. */
export const previewItems = 20

export const bulkActions = ['move-policies', 'disable-users', 'device-settings', 'rescore-drivers'] as const
export type BulkAction = (typeof bulkActions)[number]
export const runStates = ['previewed', 'waiting', 'running', 'done'] as const
export const itemStates = ['waiting', 'done', 'skipped', 'failed'] as const

const ids = <T extends z.ZodType>(id: T) => z.strictObject({ ids: z.array(id).min(1).max(maxIds) })
const planId = z.string().regex(/^[a-z0-9][a-z0-9-]{0,59}$/)

/** Active policies go on under a plan, another or the same, when their term ends. */
export const MovePolicies = z
  .strictObject({
    policies: z.union([ids(PolicyId), z.strictObject({ plan: planId, endsWithin: z.int().min(0).max(366) })]),
    toPlan: planId,
  })
  .meta({ id: 'MovePolicies', example: { policies: { plan: 'fairmile-1', endsWithin: 60 }, toPlan: 'fairmile-2' } })
export type MovePolicies = z.infer<typeof MovePolicies>

/** Log-ins may be used no more, and their sessions end. */
export const DisableUsers = z
  .strictObject({
    users: z.union([
      ids(UserId),
      z.strictObject({ search: z.string().trim().min(1).max(100), role: z.enum(roles).optional() }),
    ]),
  })
  .meta({ id: 'DisableUsers' })
export type DisableUsers = z.infer<typeof DisableUsers>

/** Settings of boxes; what is left out stays. */
export const SetDevices = z
  .strictObject({
    devices: z.union([ids(DeviceId), z.strictObject({ all: z.literal(true) })]),
    settings: deviceSettingsSchema.refine((settings) => Object.keys(settings).length > 0, 'name a setting'),
  })
  .meta({ id: 'SetDevices', example: { devices: { all: true }, settings: { logLevel: 'warn' } } })
export type SetDevices = z.infer<typeof SetDevices>

/** Scores drivers anew, from their trips of so many days back from the newest. */
export const RescoreDrivers = z
  .strictObject({
    drivers: z.union([ids(DriverId), z.strictObject({ filter: DriverFilter })]),
    periodDays: RiskPeriodDays,
  })
  .meta({ id: 'RescoreDrivers', example: { drivers: { filter: { plan: 'fairmile-1' } }, periodDays: 30 } })
export type RescoreDrivers = z.infer<typeof RescoreDrivers>

export const BulkParams = z.object({ action: z.enum(bulkActions) })
/** The selection and what to do with it; which of them says the path. */
export const BulkBody = z.union([MovePolicies, DisableUsers, SetDevices, RescoreDrivers])
/** Does what a preview showed; its token stands for that selection as it was seen. */
export const StartBulkBody = z
  .strictObject({ token: z.string().regex(/^BLK-[0-9A-Z]{12}$/) })
  .meta({ id: 'StartBulkBody' })

/** What would become of one thing. */
const BulkPreviewItem = z.object({
  id: z.string(),
  label: z.string(),
  change: z.string(),
  /** Why it would be left as it is; null where it would be changed. */
  warning: z.string().nullable(),
})

/** What would change: how much, the first of it, and what would be left out. */
export const BulkPreview = z
  .object({
    token: z.string(),
    action: z.enum(bulkActions),
    expiresAt: z.iso.datetime(),
    /** Things of the selection, and those of them that would be changed. */
    selected: z.int(),
    changes: z.int(),
    items: z.array(BulkPreviewItem),
    warnings: z.array(z.object({ warning: z.string(), items: z.int() })),
  })
  .meta({ id: 'BulkPreview' })
export type BulkPreview = z.infer<typeof BulkPreview>

export const BulkRunParams = z.object({ runId: z.string().regex(/^BLK-[0-9A-Z]{12}$/) })

/** A run and how far it is. */
export const BulkRun = z
  .object({
    id: z.string(),
    action: z.enum(bulkActions),
    state: z.enum(runStates),
    by: z.string(),
    startedAt: z.iso.datetime().nullable(),
    endedAt: z.iso.datetime().nullable(),
    /** The risk job that does all of it together (`/api/v1/risk/jobs/{id}`, where it may be cancelled); null where things are done one by one. */
    jobId: z.string().nullable(),
    counts: z.object({ waiting: z.int(), done: z.int(), skipped: z.int(), failed: z.int() }),
  })
  .meta({ id: 'BulkRun' })
export type BulkRun = z.infer<typeof BulkRun>

/** What became of one thing. */
export const BulkItem = z
  .object({
    id: z.string(),
    label: z.string(),
    change: z.string(),
    state: z.enum(itemStates),
    detail: z.string().nullable(),
  })
  .meta({ id: 'BulkItem' })
export type BulkItem = z.infer<typeof BulkItem>
