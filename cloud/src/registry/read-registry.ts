import type { ModelRegistry } from '@fairmile/contract/http/models.ts'
import type { Database } from '../db/database.ts'
import { driverModelName } from '../risk/driver-artifacts.ts'
import { listChanges, listVersions } from './registry.ts'

/** The versions of the driver model as they are told outside, and the newest changes. */
export async function readRegistry(db: Database, limit = 100): Promise<ModelRegistry> {
  const versions = await listVersions(db, driverModelName)
  const changes = await listChanges(db, driverModelName, limit)
  return {
    versions: versions.map(({ name, version, stage, since, changedBy: by, note, manifestHash }) => ({
      name,
      version,
      stage,
      since: since.toISOString(),
      by,
      note,
      manifestHash,
    })),
    changes: changes.map(({ version, fromStage: from, toStage: to, changedAt, changedBy: by, note }) => ({
      version,
      from,
      to,
      at: changedAt.toISOString(),
      by,
      note,
    })),
  }
}
