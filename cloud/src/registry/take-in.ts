import type { Stage } from '@fairmile/models/scoring/stages.ts'
import { eq, sql } from 'drizzle-orm'
import type { Database } from '../db/database.ts'
import { modelStageChanges, modelVersions } from '../db/schema/models.ts'
import { messageOf } from '../errors.ts'
import { driverModelsDir, driverVersions, driverModelName as name, readTrust } from '../risk/driver-artifacts.ts'
import { openDriverVersion } from '../risk/driver-model.ts'

/** Any number, the same in every process: of servers that start at once the second waits. */
const advisoryLock = 7_301_500

/** A version that is new to the registry. */
interface Found {
  version: string
  manifestHash: string | null
  note: string
}

/**
 * Takes the driver models that lie in a folder into the registry, as candidates.
 *
 * Where the registry is empty the newest that can be used becomes live, and older ones are retired: somebody used them before.
 * @returns versions that were new
 */
export function takeInVersions(db: Database, { folder = driverModelsDir, now = Date.now() } = {}): Promise<string[]> {
  return db.transaction(async (tx) => {
    await tx.execute(sql`SELECT pg_advisory_xact_lock(${advisoryLock})`)
    const known = await tx
      .select({ version: modelVersions.version })
      .from(modelVersions)
      .where(eq(modelVersions.name, name))
    const isKnown = new Set(known.map(({ version }) => version))
    const missing = (await driverVersions(folder)).filter((version) => !isKnown.has(version))
    if (missing.length === 0) return []
    const found = await lookAt(missing, folder)
    const live = known.length === 0 ? found.findIndex(({ manifestHash }) => manifestHash !== null) : -1
    for (const [index, { version, manifestHash, note }] of found.entries()) {
      const stage: Stage = index === live ? 'live' : live >= 0 && index > live ? 'retired' : 'candidate'
      const values = { name, version, changedBy: 'start', note }
      await tx.insert(modelVersions).values({ ...values, stage, since: new Date(now), manifestHash })
      await tx
        .insert(modelStageChanges)
        .values({ ...values, fromStage: null, toStage: stage, changedAt: new Date(now) })
    }
    return missing
  })
}

async function lookAt(versions: readonly string[], folder: string): Promise<Found[]> {
  const trust = await readTrust(folder)
  const found: Found[] = []
  for (const version of versions) {
    try {
      const model = await openDriverVersion(version, { folder, trust })
      found.push({ version, manifestHash: model.manifestHash, note: 'came with this release' })
      await model.close()
    } catch (error) {
      found.push({ version, manifestHash: null, note: `cannot be used: ${messageOf(error)}` })
    }
  }
  return found
}
