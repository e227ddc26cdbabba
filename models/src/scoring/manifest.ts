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
  }
  metrics: Record<string, unknown>
  /** SHA-256 of the table that it was trained on, hex. */
  dataHash: string
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
  return manifest
}

/** The margin at which the relativity is one. */
export function portfolioMargin({ calibration }: Manifest): number {
  return calibration.portfolioMargin ?? calibration.baseMargin
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

function isNoLess(value: number, index: number, all: number[]): boolean {
  return Number.isFinite(value) && (index === 0 || value >= all[index - 1]!)
}
