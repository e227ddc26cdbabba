import { type Manifest, riskOfMargin } from './manifest.ts'

/**
 * Judged kilometres at which what was driven and what the portfolio says have half of the say each: Z = n ÷ (n + k).
 *
 * The jackknife over the trips of simulated drivers gives 11 km; weeks of real drivers differ more, so it is taken larger.
 */
const credibilityKm = 50
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
  /** Standard deviation of the margins of the portfolio. */
  portfolioSd: number
}

/**
 * Bühlmann credibility on the margin: its mean is Z of the model's and 1 − Z of the portfolio's middle, and of the portfolio's variance a the part
 * a × (1 − Z) stays unknown. a is read off the 5 % and 95 % quantiles of the reference portfolio, as if the margins were normal.
 *
 * @param options.margin natural log of the claim frequency
 * @param options.judgedKm kilometres on which events could be graded
 */
export function credibleMargin(
  { calibration: { riskQuantiles: quantiles } }: Manifest,
  { margin, judgedKm }: { margin: number; judgedKm: number },
): CredibleMargin {
  const portfolioSd = (quantiles[95]! - quantiles[5]!) / (2 * z90)
  const credibility = Math.max(0, judgedKm) / (Math.max(0, judgedKm) + credibilityKm)
  // Not the portfolio's mean frequency, which a few bad risks lift: of somebody unknown half of the drivers are safer.
  const middle = quantiles[50]!
  const mean = middle + credibility * (margin - middle)
  return { mean, sd: portfolioSd * Math.sqrt(1 - credibility), credibility, portfolioSd }
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
