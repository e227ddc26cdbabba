import { type Manifest, riskOfMargin } from './manifest.ts'

/** Judged kilometres at which the model and the portfolio have half of the say each, where a manifest does not tell. */
const usualCredibilityKm = 50
/** Quantile of the standard normal distribution that leaves 5 % on either side. */
export const z90 = 1.6449

/** A driver's risk, 0 to 100, and where it lies with 90 % confidence. */
export interface CredibleRisk {
  risk: number
  low: number
  high: number
}

/** What is believed of a driver's margin, natural log: its mean and standard deviation. */
export interface CredibleMargin {
  mean: number
  sd: number
  /** Z, 0 (nothing was judged) to 1. */
  credibility: number
  /** Standard deviation of the log frequencies of the portfolio. */
  portfolioSd: number
}

/**
 * Bühlmann credibility on the margin, Z = n ÷ (n + k): its mean is Z of the model's and 1 − Z of the portfolio's middle. Of the variance a of the
 * portfolio's log frequencies the part a × (1 − s Z) stays unknown, with s what the model explains at most: however much somebody drives, what no
 * feature shows stays unknown. Without a in the manifest it is read off the 5 % and 95 % quantiles of the reference margins, as if they were normal.
 *
 * @param options.margin natural log of the claim frequency
 * @param options.judgedKm kilometres on which events could be graded
 */
export function credibleMargin(
  { calibration }: Manifest,
  { margin, judgedKm }: { margin: number; judgedKm: number },
): CredibleMargin {
  const { riskQuantiles: quantiles, credibilityKm = usualCredibilityKm, mostExplained = 1 } = calibration
  const portfolioSd = calibration.hazardSd ?? (quantiles[95]! - quantiles[5]!) / (2 * z90)
  const credibility = Math.max(0, judgedKm) / (Math.max(0, judgedKm) + credibilityKm)
  // Not the portfolio's mean frequency, which a few bad risks lift: of somebody unknown half of the drivers are safer.
  const middle = quantiles[50]!
  const mean = middle + credibility * (margin - middle)
  return { mean, sd: portfolioSd * Math.sqrt(1 - mostExplained * credibility), credibility, portfolioSd }
}

/** The risk that so many kilometres let one believe: a few say little, so it starts at the portfolio's and goes to the model's. */
export function credibleRisk(
  manifest: Manifest,
  { margin, judgedKm }: { margin: number; judgedKm: number },
): CredibleRisk {
  const { mean, sd } = credibleMargin(manifest, { margin, judgedKm })
  return {
    risk: riskOfMargin(manifest, mean),
    low: riskOfMargin(manifest, mean - z90 * sd),
    high: riskOfMargin(manifest, mean + z90 * sd),
  }
}
