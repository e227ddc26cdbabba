import type { Log } from '../log.ts'
import { findWindowModel } from './artifact.ts'
import { type OpenScorer, openWindowScorer } from './window-scorer.ts'

/** Opens the installed window model; null, with the reason in the log, where there is none that can be used. */
export async function openScoring(log: Log): Promise<OpenScorer | null> {
  const folder = await findWindowModel()
  if (folder === null) {
    log.warn({}, 'no window model is installed: going on without a live risk')
    return null
  }
  try {
    return await openWindowScorer(folder)
  } catch (error) {
    log.error({ reason: String(error) }, 'the window model cannot be used: going on without a live risk')
    return null
  }
}
