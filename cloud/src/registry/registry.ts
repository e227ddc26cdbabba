import { planRollback, planStage, type Stage, type StageChange } from '@fairmile/models/scoring/stages.ts'
import { and, asc, desc, eq } from 'drizzle-orm'
import type { Database } from '../db/database.ts'
import { modelStageChanges, modelVersions } from '../db/schema/models.ts'

/** A version as the registry has it. */
export type RegisteredVersion = typeof modelVersions.$inferSelect

/** A change of a stage as it was recorded. */
export type RecordedChange = typeof modelStageChanges.$inferSelect

/** Who changes something, when, and why. */
export interface ChangedBy {
  by: string
  note: string
  /** Wall clock, epoch milliseconds. @default now */
  now?: number
}

/** A change that the stages do not allow: the message says why. */
export class StageError extends Error {
  override readonly name = 'StageError'
}

/** The versions of a model, the live one first, then by how long they have stood where they stand. */
export async function listVersions(db: Database, name: string): Promise<RegisteredVersion[]> {
  const rows = await db
    .select()
    .from(modelVersions)
    .where(eq(modelVersions.name, name))
    .orderBy(desc(modelVersions.since), desc(modelVersions.version))
  return [...rows.filter(({ stage }) => stage === 'live'), ...rows.filter(({ stage }) => stage !== 'live')]
}

/** The changes of a model's stages, the newest first. */
export function listChanges(db: Database, name: string, limit: number): Promise<RecordedChange[]> {
  return db
    .select()
    .from(modelStageChanges)
    .where(eq(modelStageChanges.name, name))
    .orderBy(desc(modelStageChanges.id))
    .limit(limit)
}

/**
 * Brings a version to a stage; a new live one retires the one before.
 *
 * @param options.manifestHash what its files are now, where they were looked at
 * @throws {StageError} where it may not go there
 */
export function stageVersion(
  db: Database,
  {
    name,
    version,
    to,
    manifestHash,
    ...changed
  }: { name: string; version: string; to: Stage; manifestHash?: string } & ChangedBy,
): Promise<StageChange[]> {
  return db.transaction(async (tx) => {
    const changes = await plan(tx, name, (versions, history) => planStage(versions, history, { version, to }))
    await apply(tx, name, changes, changed)
    if (manifestHash !== undefined) await tx.update(modelVersions).set({ manifestHash }).where(keyOf(name, version))
    return changes
  })
}

/**
 * Makes live what was live before.
 *
 * @param options.check looks at the version that is to come back and gives what its manifest is now; what it throws stops the change
 * @throws {StageError} where there is nothing to go back to
 */
export function rollBack(
  db: Database,
  { name, check, ...changed }: { name: string; check: (version: string) => Promise<string> } & ChangedBy,
): Promise<StageChange[]> {
  return db.transaction(async (tx) => {
    const changes = await plan(tx, name, planRollback)
    for (const { version, to } of changes)
      if (to === 'live')
        await tx
          .update(modelVersions)
          .set({ manifestHash: await check(version) })
          .where(keyOf(name, version))
    await apply(tx, name, changes, changed)
    return changes
  })
}

async function plan(
  tx: Database,
  name: string,
  make: (versions: RegisteredVersion[], history: StageChange[]) => StageChange[],
): Promise<StageChange[]> {
  // Held until the end, so that of two changes at once the second sees the first.
  const versions = await tx.select().from(modelVersions).where(eq(modelVersions.name, name)).for('update')
  const recorded = await tx
    .select()
    .from(modelStageChanges)
    .where(eq(modelStageChanges.name, name))
    .orderBy(asc(modelStageChanges.id))
  try {
    return make(
      versions,
      recorded.map(({ version, fromStage, toStage }) => ({ version, from: fromStage, to: toStage })),
    )
  } catch (error) {
    throw error instanceof RangeError ? new StageError(error.message, { cause: error }) : error
  }
}

async function apply(tx: Database, name: string, changes: StageChange[], { by, note, now = Date.now() }: ChangedBy) {
  const since = new Date(now)
  for (const { version, from, to } of changes) {
    await tx.update(modelVersions).set({ stage: to, since, changedBy: by, note }).where(keyOf(name, version))
    await tx
      .insert(modelStageChanges)
      .values({ name, version, fromStage: from, toStage: to, changedAt: since, changedBy: by, note })
  }
}

const keyOf = (name: string, version: string) => and(eq(modelVersions.name, name), eq(modelVersions.version, version))
