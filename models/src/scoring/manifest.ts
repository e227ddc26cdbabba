/** What an artifact says of itself, in `manifest.json`. */
export interface Manifest {
  name: string
  version: string
  kind: 'window' | 'driver'
  featureVersion: number
  /** Names of the features in the order of the model's columns. */
  features: string[]
  /** SHA-256 of each file, hex. */
  files: Record<string, string>
  calibration: {
    /** Margin before any tree. */
    baseMargin: number
    /** Margins at risk 0, 1 … 100 of the frozen reference portfolio; never falling. */
    riskQuantiles: number[]
    /** Margin at which expected and observed claims of the portfolio agree; the base margin where absent. */
    portfolioMargin?: number
    /** Judged kilometres at which the model and the portfolio have half of the say each. */
    credibilityKm?: number
    /** Of what makes drivers differ in claims, the part that the model explains with unlimited kilometres, 0 to 1; one where absent. */
    mostExplained?: number
    /** Standard deviation of the portfolio's log claim frequencies; that of the margins where absent. */
    hazardSd?: number
    /** How the claims of a coverage follow the margin: the slope of their log frequency. */
    coverages?: Record<string, { slope: number }>
  }
  /** What the model was trained on, for telling how far life has drifted from it; absent from models that were trained without. */
  reference?: Reference
  /** ISO 8601 time of the training. */
  created?: string
  metrics: Record<string, unknown>
  /** SHA-256 of the table that it was trained on, hex. */
  dataHash: string
}

/** Deciles with both ends, minimum first: eleven numbers, never falling. */
export type Deciles = number[]

/** The training portfolio, told by its deciles. */
export interface Reference {
  /** Of the margins. */
  scoreQuantiles: Deciles
  /** By name: of the known values, and the share of drivers of whom it was unknown. */
  features: Record<string, { quantiles: Deciles; unknownShare: number }>
}

/**
 * Reads a manifest.
 *
 * @throws TypeError that names the field that is missing or wrong
 */
export function parseManifest(text: string): Manifest {
  const manifest = JSON.parse(text) as Manifest
  const wrong = (field: string): never => {
    throw new TypeError(
      `reading the manifest of model "${manifest?.name}": "${field}" is missing or wrong; export the model again`,
    )
  }
  if (typeof manifest.name !== 'string') wrong('name')
  if (typeof manifest.version !== 'string') wrong('version')
  if (manifest.kind !== 'window' && manifest.kind !== 'driver') wrong('kind')
  if (!Number.isInteger(manifest.featureVersion)) wrong('featureVersion')
  if (!Array.isArray(manifest.features) || manifest.features.some((name) => typeof name !== 'string')) wrong('features')
  if (typeof manifest.files?.['model.json'] !== 'string') wrong('files')
  const { baseMargin, riskQuantiles, portfolioMargin } = manifest.calibration ?? {}
  if (!Number.isFinite(baseMargin)) wrong('calibration.baseMargin')
  if (portfolioMargin !== undefined && !Number.isFinite(portfolioMargin)) wrong('calibration.portfolioMargin')
  if (!Array.isArray(riskQuantiles) || riskQuantiles.length !== 101 || !riskQuantiles.every(isNoLess))
    wrong('calibration.riskQuantiles')
  checkOptional(manifest, wrong)
  return manifest
}

/** What older artifacts do not say. */
function checkOptional({ calibration, reference, created, features }: Manifest, wrong: (field: string) => never): void {
  const { credibilityKm, mostExplained, hazardSd, coverages } = calibration
  if (mostExplained !== undefined && !isShare(mostExplained)) wrong('calibration.mostExplained')
  if (hazardSd !== undefined && !(Number.isFinite(hazardSd) && hazardSd > 0)) wrong('calibration.hazardSd')
  if (credibilityKm !== undefined && !(Number.isFinite(credibilityKm) && credibilityKm > 0))
    wrong('calibration.credibilityKm')
  if (coverages !== undefined && (!isRecord(coverages) || !Object.values(coverages).every(hasSlope)))
    wrong('calibration.coverages')
  if (created !== undefined && (typeof created !== 'string' || Number.isNaN(Date.parse(created)))) wrong('created')
  if (reference === undefined) return
  if (!isRecord(reference) || !isRecord(reference.features)) wrong('reference')
  if (!areDeciles(reference.scoreQuantiles)) wrong('reference.scoreQuantiles')
  for (const [name, told] of Object.entries(reference.features))
    if (!features.includes(name) || !areDeciles(told?.quantiles) || !isShare(told.unknownShare))
      wrong(`reference.features.${name}`)
}

/** The margin at which the relativity is one. */
export function portfolioMargin({ calibration }: Manifest): number {
  return calibration.portfolioMargin ?? calibration.baseMargin
}

/** How far the log claim frequency of each coverage follows the margin, by name; undefined where the model does not say. */
export function coverageSlopes({ calibration: { coverages } }: Manifest): Record<string, number> | undefined {
  return coverages && Object.fromEntries(Object.entries(coverages).map(([name, { slope }]) => [name, slope]))
}

/** Risk 0–100 of a margin: its rank in the reference portfolio, linear between the quantiles; 50 for an unknown margin. */
export function riskOfMargin({ calibration }: Manifest, margin: number): number {
  const quantiles = calibration.riskQuantiles
  const last = quantiles.length - 1
  if (Number.isNaN(margin)) return last / 2
  if (margin <= quantiles[0]!) return 0
  if (margin >= quantiles[last]!) return last
  let low = 0
  let high = last
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if (quantiles[middle]! <= margin) low = middle
    else high = middle
  }
  return low + (margin - quantiles[low]!) / (quantiles[high]! - quantiles[low]!)
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const hasSlope = (coverage: { slope: number } | undefined): boolean => Number.isFinite(coverage?.slope)

const areDeciles = (values: unknown): boolean => Array.isArray(values) && values.length === 11 && values.every(isNoLess)

const isShare = (value: unknown): boolean => typeof value === 'number' && value >= 0 && value <= 1

function isNoLess(value: number, index: number, all: number[]): boolean {
  return Number.isFinite(value) && (index === 0 || value >= all[index - 1]!)
}
