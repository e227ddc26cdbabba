import { marginTolerance } from '@fairmile/models/pricing/receipt.ts'
import { credibleRisk } from '@fairmile/models/scoring/credible-risk.ts'
import { portfolioMargin } from '@fairmile/models/scoring/manifest.ts'
import type { DriverModel } from '../driver-model.ts'
import { packFeatures, packShap } from '../score-rows.ts'
import type { Judged } from './judge-sums.ts'
import type { Judge } from './open-judge.ts'
import type { BatchDriver } from './read-drivers.ts'

/** A new score of a driver, ready to be stored. */
export interface NewScore {
  driverId: string
  version: number
  tripId: string
  policyId: string
  risk: number
  low: number
  high: number
  margin: number
  relativity: number
  exposureKm: number
  judgedKm: number
  trips: number
  featureRow: Buffer
  shapRow: Buffer
}

/** What became of the drivers of a batch. */
export interface ScoredBatch {
  scores: NewScore[]
  unchanged: number
  unscored: number
  failures: { driverId: string; error: string }[]
}

type Scorable = BatchDriver & { sums: Uint8Array; tripRows: number; tripId: string; policyId: string }

interface ScoreOptions {
  model: Pick<DriverModel, 'manifest' | 'modelHash' | 'infer'>
  judge: Judge
}

/** Scores drivers by one inference and one explanation for all; who cannot be scored costs nobody else anything. */
export async function scoreDrivers(drivers: readonly BatchDriver[], options: ScoreOptions): Promise<ScoredBatch> {
  const scored: ScoredBatch = { scores: [], unchanged: 0, unscored: 0, failures: [] }
  const scorable: Scorable[] = []
  for (const driver of drivers) {
    const { driverId, known, error } = driver
    if (!known) scored.failures.push({ driverId, error: 'there is no such driver' })
    else if (error !== undefined) scored.failures.push({ driverId, error })
    else if (isScorable(driver)) scorable.push(driver)
    else scored.unscored++
  }
  if (scorable.length === 0) return scored
  const judged = await options.judge.judge(pack(scorable))
  const margins = await options.model.infer(judged.rows, scorable.length)
  for (const [place, driver] of scorable.entries()) {
    const found = scoreOf(driver, place, { judged, margin: margins[place] ?? Number.NaN, ...options })
    if (typeof found === 'string') scored.failures.push({ driverId: driver.driverId, error: found })
    else if (isUnchanged(driver, found, options)) scored.unchanged++
    else scored.scores.push(found)
  }
  return scored
}

const isScorable = (driver: BatchDriver): driver is Scorable =>
  driver.sums !== null && (driver.tripRows ?? 0) > 0 && driver.tripId !== null && driver.policyId !== null

function pack(drivers: readonly Scorable[]) {
  const bytes = new Uint8Array(drivers.reduce((sum, { sums }) => sum + sums.length, 0))
  let end = 0
  const ends = drivers.map(({ sums }) => {
    bytes.set(sums, end)
    end += sums.length
    return end
  })
  return { bytes, ends }
}

interface Found extends ScoreOptions {
  judged: Judged
  /** By the inference engine: it counts, as it does after a trip. */
  margin: number
}

/** The score of a driver, or why there is none. */
function scoreOf(
  { driverId, version, tripId, policyId, tripRows }: Scorable,
  place: number,
  { model: { manifest }, judged, margin }: Found,
): NewScore | string {
  const failure = judged.failures.get(place)
  if (failure !== undefined) return failure
  const own = judged.margins[place]!
  if (!(Math.abs(margin - own) <= marginTolerance))
    return `ONNX gives the margin ${margin}, the trees ${own}; the model's files differ`
  const [exposureKm, judgedKm] = [judged.exposureKm[place]!, judged.judgedKm[place]!]
  const { risk, low, high } = credibleRisk(manifest, { margin, judgedKm })
  const width = manifest.features.length
  return {
    ...{ driverId, version: (version ?? 0) + 1, tripId, policyId, risk, low, high, margin },
    relativity: Math.exp(margin - portfolioMargin(manifest)),
    ...{ exposureKm, judgedKm, trips: tripRows },
    featureRow: packFeatures(judged.rows, place * width, width),
    shapRow: packShap(judged.shap, place * width, width),
  }
}

/** Whether the newest score of the period was made of the very same by the same model: then a new version would say nothing new. */
function isUnchanged(driver: BatchDriver, score: NewScore, { model }: ScoreOptions): boolean {
  return (
    driver.modelHash === model.modelHash &&
    driver.trips === score.trips &&
    driver.exposureKm === score.exposureKm &&
    driver.judgedKm === score.judgedKm &&
    driver.featureRow !== null &&
    Buffer.compare(driver.featureRow, score.featureRow) === 0
  )
}
