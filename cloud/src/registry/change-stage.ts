import type { Stage } from '@fairmile/models/scoring/stages.ts'
import type { Database } from '../db/database.ts'
import { messageOf } from '../errors.ts'
import { driverModelName, driverModelsDir, readTrust } from '../risk/driver-artifacts.ts'
import { openDriverVersion } from '../risk/driver-model.ts'
import { type ChangedBy, listVersions, rollBack, StageError, stageVersion } from './registry.ts'
import { takeInVersions } from './take-in.ts'

/** A version that the registry does not have, even after a look at what lies in the folder. */
export class NoSuchVersionError extends Error {
  override readonly name = 'NoSuchVersionError'
}

/**
 * Brings a version of the driver model to a stage; what is to score is opened and tried first.
 *
 * @throws {NoSuchVersionError} where there is no such model or version
 * @throws {StageError} where it may not go there, or cannot be used
 */
export async function changeStage(
  db: Database,
  {
    name,
    version,
    to,
    folder = driverModelsDir,
    ...changed
  }: { name: string; version: string; to: Stage; folder?: string } & ChangedBy,
): Promise<void> {
  checkName(name)
  await takeInVersions(db, { folder })
  const versions = await listVersions(db, name)
  if (!versions.some((one) => one.version === version))
    throw new NoSuchVersionError(`There is no version "${version}" of "${name}"`)
  const scores = to === 'shadow' || to === 'live'
  const manifestHash = scores ? await tryOut(version, folder) : undefined
  await stageVersion(db, { name, version, to, ...(manifestHash !== undefined && { manifestHash }), ...changed })
}

/**
 * Makes live what was live before, after it was opened and tried.
 *
 * @throws {NoSuchVersionError} where there is no such model
 * @throws {StageError} where there is nothing to go back to, or it cannot be used
 */
export async function rollBackModel(
  db: Database,
  { name, folder = driverModelsDir, ...changed }: { name: string; folder?: string } & ChangedBy,
): Promise<void> {
  checkName(name)
  await rollBack(db, { name, check: (version) => tryOut(version, folder), ...changed })
}

function checkName(name: string): void {
  if (name !== driverModelName)
    throw new NoSuchVersionError(`There is no model "${name}"; there is "${driverModelName}"`)
}

async function tryOut(version: string, folder: string): Promise<string> {
  try {
    const model = await openDriverVersion(version, { folder, trust: await readTrust(folder) })
    await model.close()
    return model.manifestHash
  } catch (cause) {
    throw new StageError(`Version ${version} cannot be used: ${messageOf(cause)}`, { cause })
  }
}
