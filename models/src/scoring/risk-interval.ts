import { type Manifest, riskOfMargin } from './manifest.ts'

/** Kilometres at which what was driven and what the portfolio says have half of the say each: Z = n ÷ (n + k). */
const credibilityKm = 1000
/** Quantile of the standard normal distribution that leaves 5 % on either side. */
const z90 = 1.6449

/**
 * Where a driver's risk lies with 90 % confidence; it shrinks with kilometres.
 *
 * Bühlmann credibility on the margin: of the portfolio's variance a, the part a × (1 − Z) stays unknown after n
 * kilometres. a is read off the 5 % and 95 % quantiles of the reference portfolio, as if the margins were normal.
 *
 * @param options.margin natural log of the claim frequency
 * @returns risks, 0 to 100, around the risk of the margin
 */
export function riskInterval(
  manifest: Manifest,
  { margin, exposureKm }: { margin: number; exposureKm: number },
): { low: number; high: number } {
  const quantiles = manifest.calibration.riskQuantiles
  const portfolioSd = (quantiles[95]! - quantiles[5]!) / (2 * z90)
  const unknownShare = credibilityKm / (Math.max(0, exposureKm) + credibilityKm)
  const half = z90 * portfolioSd * Math.sqrt(unknownShare)
  return { low: riskOfMargin(manifest, margin - half), high: riskOfMargin(manifest, margin + half) }
}
