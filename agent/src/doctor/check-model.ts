import { installedModels } from '../scoring/installed-models.ts'
import type { Found } from './check.ts'

/** Is there a model that is whole, signed and answers on this computer what training answered, and is it the newest? */
export async function checkModel(root?: string): Promise<Found> {
  const models = await installedModels(root === undefined ? {} : { root })
  if (models === null) return { result: 'failed', detail: 'no window model came with this agent: install it again' }
  const scoring = await models.next()
  const refused = models.refused.map(({ version, reason }) => `${version} cannot be used (${reason})`).join('; ')
  if (scoring === null) return { result: 'failed', detail: `${refused}: install the agent again` }
  const { name, version } = scoring.scorer.manifest
  await scoring.close()
  const told = `${name} ${version}, signed, its known rows differ by at most ${scoring.parityError.toExponential(1)}`
  return refused === ''
    ? { result: 'ok', detail: told }
    : { result: 'warning', detail: `${told}; it stands in for a newer one: ${refused}` }
}
