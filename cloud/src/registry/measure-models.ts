import type { Database } from '../db/database.ts'
import { measureAgreement } from './agreement.ts'
import { measureDrift } from './drift.ts'
import type { ModelGauges } from './gauges.ts'

/** Measures drift and agreement into the gauges. @param options.folder of the models' versions; those of this release where it is left out */
export async function measureModels(
  db: Database,
  gauges: ModelGauges,
  options: { folder?: string } = {},
): Promise<void> {
  const { psi, driftDrivers, agreement, compared } = gauges
  const { model, version, drivers, score, features } = await measureDrift(db, options)
  psi.reset()
  driftDrivers.reset()
  if (version !== null) {
    driftDrivers.set({ model, version }, drivers)
    if (score?.psi != null) psi.set({ model, version, quantity: 'score' }, score.psi)
    for (const { name, psi: found } of features) if (found !== null) psi.set({ model, version, quantity: name }, found)
  }
  const { agreeing, share, differing, notCompared } = await measureAgreement(db)
  compared.reset()
  compared.set({ outcome: 'agrees' }, agreeing)
  for (const [what, events] of Object.entries(differing)) compared.set({ outcome: `differs_in_${what}` }, events)
  for (const [why, events] of Object.entries(notCompared)) compared.set({ outcome: `not_compared_${why}` }, events)
  agreement.set(share ?? Number.NaN)
}
