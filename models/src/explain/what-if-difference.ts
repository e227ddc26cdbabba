import { credibleMargin, z90 } from '../scoring/credible-risk.ts'
import type { Manifest } from '../scoring/manifest.ts'

/** How much of a changed margin is believed, natural log, with 90 % confidence. */
export interface CredibleDifference {
  mean: number
  low: number
  high: number
}

/**
 * What is believed of a driver's change when the model's margin changes by δ and nothing else is known anew.
 *
 * A driver's true margin is what is believed of it, mean + Z δ for the changed one, and a rest that the kilometres have not shown: before
 * e and after e′, each of variance a (1 − s Z) as in `credibleMargin`. Were these two people, the rests would be independent, and a change
 * of nothing would have an interval. It is the same driver: what the model does not see of them stays, as far as they stay the same.
 * So e and e′ have the correlation ρ(δ) = exp(−δ² ÷ 2a), one where nothing changes and none between drivers who are as different as the
 * portfolio is wide (the squared-exponential kernel, with the portfolio's spread as the only length there is). The change is
 * Z δ + e′ − e, of the variance
 *
 *     2 a (1 − s Z) (1 − ρ(δ))
 *
 * which is (1 − s Z) δ² for a small change, 2 a (1 − s Z) for a complete one, and nothing for no change.
 *
 * @param options.delta of the model's margin, after − before
 * @param options.judgedKm kilometres that the driver is known by
 */
export function credibleDifference(
  manifest: Manifest,
  { delta, judgedKm }: { delta: number; judgedKm: number },
): CredibleDifference {
  const { credibility, sd, portfolioSd } = credibleMargin(manifest, { margin: 0, judgedKm })
  const alike = portfolioSd > 0 ? Math.exp(-((delta / portfolioSd) ** 2) / 2) : 1
  const half = z90 * sd * Math.sqrt(2 * (1 - alike))
  const mean = credibility * delta
  return { mean, low: mean - half, high: mean + half }
}
