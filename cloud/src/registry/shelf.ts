import type { Stage } from '@fairmile/models/scoring/stages.ts'
import type { Database } from '../db/database.ts'
import { messageOf } from '../errors.ts'
import type { Log } from '../log.ts'
import { driverModelName, driverModelsDir, readTrust } from '../risk/driver-artifacts.ts'
import { type DriverModel, openDriverVersion } from '../risk/driver-model.ts'
import { listChanges, listVersions, type RegisteredVersion } from './registry.ts'

/** How long a version that could not be opened is left alone: files may be put right while the service runs. */
const retryMs = 60_000

/** The driver models that score, opened as the registry says. */
export interface ModelShelf {
  /** The live version; where it cannot be used, the one that was live before. @throws Error where none can be used */
  live(db: Database): Promise<DriverModel>
  /** The versions in the shadow that can be used. */
  shadows(db: Database): Promise<DriverModel[]>
  close(): Promise<void>
}

interface ShelfOptions {
  /** A folder of versions. @default the models of this release */
  folder?: string
  /** Told which version scores and which should, whenever that changes. */
  scoring?: (version: string, live: string | null) => void
  log: Log
  /** Monotonic milliseconds. */
  monotonicMs?: () => number
}

/** Opens each version once, at the first need; asks the registry each time, so that a change of stage needs no restart. */
export function createModelShelf(options: ShelfOptions): ModelShelf {
  const { folder = driverModelsDir, scoring, log, monotonicMs = () => performance.now() } = options
  const open = new Map<string, Promise<DriverModel>>()
  const refusedMs = new Map<string, number>()
  let told = ''

  async function use({ version, manifestHash }: RegisteredVersion): Promise<DriverModel | null> {
    const since = refusedMs.get(version)
    if (since !== undefined && monotonicMs() - since < retryMs) return null
    const opening =
      open.get(version) ?? readTrust(folder).then((trust) => openDriverVersion(version, { folder, trust }))
    open.set(version, opening)
    try {
      const model = await opening
      if (manifestHash === null || model.manifestHash === manifestHash) return model
      await model.close()
      throw new Error(
        `its manifest is not the one that was registered; give what was trained anew a version of its own`,
      )
    } catch (error) {
      open.delete(version)
      refusedMs.set(version, monotonicMs())
      log.error({ model: driverModelName, version, reason: messageOf(error) }, 'a driver model cannot be used')
      return null
    }
  }

  async function firstOf(versions: readonly RegisteredVersion[]): Promise<DriverModel | null> {
    for (const version of versions) {
      const model = await use(version)
      if (model !== null) return model
    }
    return null
  }

  function tell(model: DriverModel, live: string | null): void {
    const { version } = model.manifest
    if (told === `${version} ${live}`) return
    told = `${version} ${live}`
    scoring?.(version, live)
    if (version !== live)
      log.error({ model: driverModelName, version, live }, 'another version stands in for the live one')
  }

  return {
    async live(db) {
      const versions = await listVersions(db, driverModelName)
      const live = versions.find(({ stage }) => stage === 'live') ?? null
      const model = (live && (await use(live))) ?? (await firstOf(await standIns(db, versions)))
      if (model === null)
        throw new Error(`Scoring: no version of "${driverModelName}" can be used; the reasons are in the log`)
      tell(model, live?.version ?? null)
      return model
    },
    async shadows(db) {
      const versions = await listVersions(db, driverModelName)
      const models = []
      for (const version of versions) if (version.stage === 'shadow') models.push(await use(version))
      return models.filter((model) => model !== null)
    },
    async close() {
      const models = await Promise.allSettled(open.values())
      open.clear()
      for (const model of models) if (model.status === 'fulfilled') await model.value.close()
    },
  }
}

/**
 * Who may stand in for a live version that cannot be used: what was live or came to be replaced, the last one first; then what is still
 * to be tried, since somebody has to be scored. Never what was retired untried.
 */
async function standIns(db: Database, versions: readonly RegisteredVersion[]): Promise<RegisteredVersion[]> {
  const changes = await listChanges(db, driverModelName, Number.MAX_SAFE_INTEGER)
  const hasServed = new Set(
    changes
      .filter(({ fromStage, toStage }) => toStage === 'live' || (fromStage === null && toStage === 'retired'))
      .map(({ version }) => version),
  )
  const stage = (wanted: Stage) => versions.filter((version) => version.stage === wanted)
  return [
    ...stage('retired').filter(({ version }) => hasServed.has(version)),
    ...stage('shadow'),
    ...stage('candidate').toSorted((a, b) => b.version.localeCompare(a.version, 'en', { numeric: true })),
  ]
}
