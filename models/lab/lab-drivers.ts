import type { RatingPlan } from '@fairmile/contract/rating-plan.ts'
import type { ReceiptTrip } from '@fairmile/contract/receipt.ts'
import { type Exposure, exposureOf } from '../src/pricing/exposure.ts'
import { computePremium } from '../src/pricing/premium.ts'
import { judge, type PricingModel } from '../src/pricing/receipt.ts'
import { credibleRisk } from '../src/scoring/credible-risk.ts'
import { coverageSlopes, portfolioMargin } from '../src/scoring/manifest.ts'
import type { ReplayedDrive } from './replay-drive.ts'

const dayMs = 86_400_000

/** A driver as scored and priced; money in minor units. */
export interface LabDriver {
  km: number
  judgedKm: number
  risk: number
  low: number
  high: number
  relativity: number
  /** The plan's month at the relativity and discount of these drives. */
  monthMinor: number
  discountPpm: number
}

/**
 * The trips of a driver's drives, each drive on a day of its own: recordings without a date are all of one noon.
 *
 * @param drives by their names, in order
 */
export function tripsOf(drives: readonly { name: string; drive: ReplayedDrive }[]): ReceiptTrip[] {
  const [first] = drives.flatMap(({ drive }) => drive.trips.map(({ startAt }) => startAt))
  return drives.flatMap(({ name, drive }, day) => {
    const base = drive.trips[0]?.startAt ?? 0
    const shift = (first ?? 0) + day * dayMs - base
    return drive.trips.map(({ startAt, endAt, thresholdsHash, statistics }, n) => ({
      id: `${name}/${n + 1}`,
      startAt: startAt + shift,
      endAt: endAt + shift,
      thresholdsHash,
      statistics,
    }))
  })
}

/**
 * Scores and prices a driver by what their drives add up to.
 *
 * @param options.asKm price and score as if so many kilometres had been driven in this way @default what was driven
 */
export function judgeDriver(
  trips: readonly ReceiptTrip[],
  { model, plan, asKm }: { model: PricingModel; plan: RatingPlan; asKm: number | undefined },
): LabDriver {
  const { margin } = judge(trips, model)
  const exposure = scaled(exposureOf(trips, plan), asKm)
  const baseMargin = portfolioMargin(model.manifest)
  const judgedKm = exposure.gradableM / 1000
  const { monthMinor, discountPpm } = computePremium({
    plan,
    exposure,
    days: 0,
    margin,
    baseMargin,
    coverageSlopes: coverageSlopes(model.manifest),
    beforeMinor: 0,
  })
  return {
    km: exposure.distanceM / 1000,
    judgedKm,
    ...credibleRisk(model.manifest, { margin, judgedKm }),
    relativity: Math.exp(margin - baseMargin),
    monthMinor,
    discountPpm,
  }
}

function scaled({ distanceM, gradableM, cleanM }: Exposure, asKm: number | undefined): Exposure {
  const times = asKm === undefined || distanceM === 0 ? 1 : (asKm * 1000) / distanceM
  const metres = (value: number): number => Math.round(value * times)
  return { distanceM: metres(distanceM), gradableM: metres(gradableM), cleanM: metres(cleanM) }
}
