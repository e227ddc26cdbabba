import { Email } from '@fairmile/contract/http/auth.ts'
import { DeadLetterFilter, DeadLetterParams, DeadLetterReplayBody } from '@fairmile/contract/http/dead-letters.ts'
import { DriverId } from '@fairmile/contract/http/ids.ts'
import { Note } from '@fairmile/contract/http/models.ts'
import { Name } from '@fairmile/contract/http/name.ts'
import { DeliveryFilter } from '@fairmile/contract/http/notification-deliveries.ts'
import { RiskBatchBody, type RiskJob, RiskJobId } from '@fairmile/contract/http/risk-jobs.ts'
import { SchemaBody, SchemaSubject } from '@fairmile/contract/http/schema-registry.ts'
import { stages } from '@fairmile/models/scoring/stages.ts'
import { asc, eq } from 'drizzle-orm'
import { z } from 'zod'
import { resetPassword } from '../admin/change-user.ts'
import { importClaims } from '../claims/import-claims.ts'
import { maxClaimsBytes } from '../claims/told-claim.ts'
import { archiveMonths } from '../db/archive/archive-months.ts'
import type { OpenDatabase } from '../db/open.ts'
import { ensurePartitions, listPartitions } from '../db/partitions.ts'
import { users } from '../db/schema/people.ts'
import { listDeadLetters, readDeadLetter, readPayload } from '../dead-letters/read.ts'
import { replayDeadLetters } from '../dead-letters/replay.ts'
import { deviceChains } from '../devices/chains.ts'
import { deviceLog } from '../devices/device-log.ts'
import { listDeviceLogins } from '../devices/device-logins.ts'
import { listDevices } from '../devices/list-devices.ts'
import { revokeDevice } from '../devices/revoke-device.ts'
import { insertUser } from '../drivers/users.ts'
import { UsageError } from '../errors.ts'
import { listDeadDeliveries, replayDeliveries } from '../events/dead-deliveries.ts'
import { subscriptionRows } from '../events/subscriptions.ts'
import { pageAskSchema, readExportPage } from '../exports/read-page.ts'
import { listJobs } from '../jobs/list-jobs.ts'
import { listNotificationDeliveries, replayNotifications } from '../notify/delivery-queries.ts'
import { measureAgreement } from '../registry/agreement.ts'
import { changeStage, NoSuchVersionError, rollBackModel } from '../registry/change-stage.ts'
import { measureDrift } from '../registry/drift.ts'
import { readRegistry } from '../registry/read-registry.ts'
import { StageError } from '../registry/registry.ts'
import {
  cancelRiskJob,
  findRiskJob,
  type RiskJobRow,
  riskJobFailuresOf,
  riskJobFor,
  toldRiskJob,
} from '../risk/batch/jobs.ts'
import { levelOf, setLevel } from '../schemas/levels.ts'
import { listSchemas, readSchema } from '../schemas/read-schemas.ts'
import { problemsOf, registerSchema } from '../schemas/register-schema.ts'
import { SchemaError } from '../schemas/schema-error.ts'
import { allPages } from './all-pages.ts'
import { planCommands } from './plan-commands.ts'
import { reportCommands } from './report-commands.ts'

/** What a command of the command line does with the database; input and result stay what they are as JSON. */
interface DatabaseCommand<Input, Result> {
  input: z.ZodType<Input>
  run(database: OpenDatabase, input: Input): Promise<Result>
}

const command = <Input, Result>(definition: DatabaseCommand<Input, Result>) => definition
const none = z.strictObject({})
const consumerNames = [...new Set(subscriptionRows.map(({ consumer }): string => consumer))].toSorted()
/** Who changed a stage or told a claim, as it is kept. */
const by = 'command line'
const days = z.int().min(1).max(365)
/** A scrypt hash with its parameters is about 120 characters. */
const maxHashLength = 500

/** The work of every command that runs in its own process, or inside the server that holds the embedded database. */
const databaseCommands = {
  'claims import': command({
    input: z.strictObject({ csv: z.string().max(maxClaimsBytes) }),
    run: ({ db }, { csv }) => importClaims(db, csv, { by, now: Date.now() }),
  }),
  'dead-letters list': command({
    input: z.strictObject({ limit: z.int().min(1), ...DeadLetterFilter.shape, replayed: z.boolean().optional() }),
    run: ({ db }, { limit, ...filter }) => allPages((query) => listDeadLetters(db, { ...query, ...filter }), limit),
  }),
  'dead-letters show': command({
    input: z.strictObject({ id: DeadLetterParams.shape.letterId }),
    run: ({ db }, { id }) => readDeadLetter(db, Number(id)),
  }),
  'dead-letters payload': command({
    input: z.strictObject({ id: DeadLetterParams.shape.letterId }),
    run: async ({ db }, { id }) => (await readPayload(db, Number(id)))?.toString('base64') ?? null,
  }),
  'dead-letters replay': command({
    input: DeadLetterReplayBody,
    run: (database, body) => replayDeadLetters(database, { ...body, by }),
  }),
  'dead-letters deliveries list': command({
    input: z.strictObject({ limit: z.int().min(1), consumer: z.string().optional() }),
    run: ({ db }, { limit, consumer }) => allPages((query) => listDeadDeliveries(db, { ...query, consumer }), limit),
  }),
  'dead-letters deliveries replay': command({
    input: z.strictObject({
      consumer: z.string(),
      eventIds: z.array(z.int().min(1)).max(1000).optional(),
      limit: z.int().min(1).max(100_000),
    }),
    run: ({ db }, which) => {
      if (!consumerNames.includes(which.consumer))
        throw new UsageError(
          `Replaying deliveries of "${which.consumer}": the consumers are ${consumerNames.join(', ')}`,
        )
      return replayDeliveries(db, which)
    },
  }),
  'devices list': command({ input: none, run: ({ db }) => allPages((query) => listDevices(db, query)) }),
  'devices gaps': command({
    input: z.strictObject({ device: z.string() }),
    run: ({ db }, { device }) => deviceChains(db, device),
  }),
  'devices log': command({
    input: z.strictObject({ device: z.string() }),
    run: ({ db }, { device }) => deviceLog(db, device),
  }),
  'devices logins': command({ input: none, run: ({ db }) => listDeviceLogins(db) }),
  'devices revoke': command({
    input: z.strictObject({ device: z.string() }),
    run: async ({ db }, { device }) => {
      if (!(await revokeDevice(db, device))) throw new UsageError(`Revoking "${device}": there is no such device`)
      return { device }
    },
  }),
  'export page': command({ input: pageAskSchema, run: ({ db }, ask) => readExportPage(db, ask) }),
  'jobs list': command({ input: none, run: ({ db }) => listJobs(db) }),
  'notifications list': command({
    input: z.strictObject({ limit: z.int().min(1), ...DeliveryFilter.shape }),
    run: ({ db }, { limit, ...filter }) =>
      allPages((query) => listNotificationDeliveries(db, { ...query, ...filter }), limit),
  }),
  'notifications replay': command({
    input: z.strictObject({
      channel: DeliveryFilter.shape.channel,
      ids: z.array(z.int().min(1)).max(1000).optional(),
      limit: z.int().min(1).max(100_000),
    }),
    run: ({ db }, which) => replayNotifications(db, which),
  }),
  'partitions list': command({ input: none, run: ({ db }) => listPartitions(db) }),
  'partitions create': command({
    input: z.strictObject({ months: z.array(z.string()) }),
    run: async (database, { months }) => {
      try {
        await ensurePartitions(database, months)
      } catch (error) {
        throw error instanceof RangeError ? new UsageError(error.message, { cause: error }) : error
      }
    },
  }),
  'partitions archive': command({
    input: z.strictObject({ before: z.string(), folder: z.string(), dryRun: z.boolean() }),
    run: (database, options) => archiveMonths(database, { ...options, nowMs: Date.now() }),
  }),
  ...planCommands,
  ...reportCommands,
  'registry list': command({ input: none, run: async ({ db }) => (await readRegistry(db)).versions }),
  'registry changes': command({
    input: z.strictObject({ limit: z.int().min(1) }),
    run: async ({ db }, { limit }) => (await readRegistry(db, limit)).changes,
  }),
  'registry stage': command({
    input: z.strictObject({ name: z.string(), version: z.string(), stage: z.enum(stages), note: Note }),
    run: ({ db }, { stage, ...of }) => asUsage(changeStage(db, { ...of, to: stage, by })),
  }),
  'registry rollback': command({
    input: z.strictObject({ name: z.string(), note: Note }),
    run: ({ db }, of) => asUsage(rollBackModel(db, { ...of, by })),
  }),
  'registry drift': command({ input: z.strictObject({ days }), run: ({ db }, of) => measureDrift(db, of) }),
  'registry agreement': command({ input: z.strictObject({ days }), run: ({ db }, of) => measureAgreement(db, of) }),
  'score start': command({
    input: z.strictObject({
      driverIds: z.array(DriverId).min(1).nullable(),
      periodDays: RiskBatchBody.shape.period_days,
      batchSize: RiskBatchBody.shape.batch_size,
    }),
    run: async ({ db }, of) => toldRiskJob(await riskJobFor(db, { ...of, requestedBy: by })),
  }),
  'score show': command({
    input: z.strictObject({ job: RiskJobId }),
    run: ({ db }, { job }) => riskJobOr(job, findRiskJob(db, jobNumber(job))),
  }),
  'score cancel': command({
    input: z.strictObject({ job: RiskJobId }),
    run: ({ db }, { job }) => riskJobOr(job, cancelRiskJob(db, jobNumber(job))),
  }),
  'score failures': command({
    input: z.strictObject({ job: RiskJobId, limit: z.int().min(1).max(100_000) }),
    run: async ({ db }, { job, limit }) => {
      await riskJobOr(job, findRiskJob(db, jobNumber(job)))
      return riskJobFailuresOf(db, { id: jobNumber(job), limit })
    },
  }),
  'schemas list': command({
    input: z.strictObject({ subject: SchemaSubject.optional() }),
    run: ({ db }, { subject }) => listSchemas(db, subject),
  }),
  'schemas register': command({
    input: z.strictObject({ subject: SchemaSubject, schema: SchemaBody.shape.schema }),
    run: ({ db }, { subject, schema: text }) => asUsage(registerSchema(db, { subject, text, by })),
  }),
  'schemas check': command({
    input: z.strictObject({ subject: SchemaSubject, schema: SchemaBody.shape.schema }),
    run: ({ db }, { subject, schema }) =>
      asUsage(
        (async () => ({
          level: await levelOf(db, subject),
          problems: await problemsOf(db, { subject, parsed: readSchema(schema) }),
        }))(),
      ),
  }),
  'schemas level': command({
    input: z.strictObject({ subject: SchemaSubject.optional(), level: z.string() }),
    run: ({ db }, { subject, level }) => asUsage(setLevel(db, { subject, level, by })),
  }),
  'users list': command({
    input: none,
    run: async ({ db }) => {
      const { id, email, name, role, driverId } = users
      return await db.select({ id, email, name, role, driverId }).from(users).orderBy(asc(email))
    },
  }),
  'users add-admin': command({
    input: z.strictObject({ email: Email, name: Name, passwordHash: z.string().max(maxHashLength) }),
    run: ({ db }, { passwordHash: hash, ...admin }) =>
      insertUser(db, { ...admin, role: 'admin', driverId: null }, { hash, setBy: null }),
  }),
  'users set-password': command({
    input: z.strictObject({ email: Email, passwordHash: z.string().max(maxHashLength) }),
    run: async ({ db }, { email, passwordHash }) => {
      const [user] = await db.select({ id: users.id }).from(users).where(eq(users.email, email))
      return user !== undefined && (await resetPassword(db, { userId: user.id, passwordHash, by: null }))
    },
  }),
}

const jobNumber = (job: string): number => Number(job.slice('JOB-'.length))

async function riskJobOr(job: string, found: Promise<RiskJobRow | null>): Promise<RiskJob> {
  const row = await found
  if (!row) throw new UsageError(`Looking for "${job}": there is no such job`)
  return toldRiskJob(row)
}

/** What the stages and the levels do not allow is the caller's to put right. */
async function asUsage<T>(change: Promise<T>): Promise<T> {
  try {
    return await change
  } catch (error) {
    if (!(error instanceof StageError || error instanceof NoSuchVersionError || error instanceof SchemaError))
      throw error
    throw new UsageError(error.message, { cause: error })
  }
}

type Commands = typeof databaseCommands
export type CommandName = keyof Commands
export type InputOf<Name extends CommandName> = Parameters<Commands[Name]['run']>[1]
export type ResultOf<Name extends CommandName> = Awaited<ReturnType<Commands[Name]['run']>>

/**
 * Runs one command by its name on an open database.
 *
 * @throws {UsageError} for a name or an input that is none
 */
export async function runOnDatabase(database: OpenDatabase, name: string, input: unknown): Promise<unknown> {
  if (!isCommand(name)) throw new UsageError(`Running "${name}": there is no such command`)
  const { input: schema, run } = databaseCommands[name] as DatabaseCommand<unknown, unknown>
  const parsed = schema.safeParse(input)
  if (!parsed.success) throw new UsageError(`Running "${name}": ${z.prettifyError(parsed.error)}`)
  return await run(database, parsed.data)
}

const isCommand = (name: string): name is CommandName => Object.hasOwn(databaseCommands, name)
