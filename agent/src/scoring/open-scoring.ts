import type { After } from '../clock.ts'
import type { Log } from '../log.ts'
import { guardScoring } from './guard.ts'
import { installedModels } from './installed-models.ts'
import { type OpenModel, openModel } from './onnx.ts'
import { openThreadModel } from './thread-engine.ts'
import type { OpenScorer } from './window-scorer.ts'

/** Longest wait of live samples for their score: half of what an alert may take from the sample to the driver. */
const liveLimitMs = 100

export interface ScoringOptions {
  /** Samples come as time goes by and wait no longer than they may; those of a recording wait, so that every replay is the same. */
  live: boolean
  after: After
  log: Log
  /** Folder of the artifacts. @default those that came with this program */
  root?: string
  /** Opens the engine of a folder. @default live in a thread of its own, else in this one */
  open?: (folder: string) => Promise<OpenModel>
}

/** Opens the newest installed window model that can be used, guarded; null, with the reasons in the log, where there is none. */
export async function openScoring({
  live,
  after,
  log,
  root,
  open = live ? openThreadModel : openModel,
}: ScoringOptions): Promise<OpenScorer | null> {
  const models = await installedModels({
    open,
    tell: (refused) => log.error({ ...refused }, 'a window model cannot be used'),
    ...(root !== undefined && { root }),
  }).catch((error: unknown) => {
    log.error(
      { reason: String(error) },
      'the keys that models are signed with cannot be read: going on without a live risk',
    )
  })
  if (models === undefined) return null
  if (models === null) {
    log.warn({}, 'no window model is installed: going on without a live risk')
    return null
  }
  const first = await models.next()
  if (first === null) {
    log.error({}, 'no installed window model can be used: going on without a live risk')
    return null
  }
  const trouble = (message: string) => log.error({}, message)
  return guardScoring({ first, next: models.next, limitMs: live ? liveLimitMs : null, after, trouble })
}
