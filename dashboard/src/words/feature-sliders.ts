import type { DriverReasons, FeatureReason } from '@fairmile/contract/http/reasons.ts'

/** A feature that can be moved, with the values that it is moved between. */
export interface FeatureSlider extends FeatureReason {
  value: number
  most: number
  step: number
}

/** More than these are not compared with each other. */
const mostSliders = 5
/** Steps of a slider from end to end. */
const steps = 200
/** Least reach of a slider by unit, for drivers who are near zero. */
const reach: Readonly<Record<string, number>> = { share: 0.02, '1/100 km': 2 }

/** What can be moved: features that a driver can change and that are known, first what is advised, then what raises the risk most. */
export function slidersOf({ features }: DriverReasons, advised: readonly string[] = []): FeatureSlider[] {
  const isAdvised = ({ feature }: FeatureReason): number => Number(advised.includes(feature))
  return features
    .flatMap((feature) =>
      feature.noAdvice === null && feature.value !== null ? [{ ...feature, value: feature.value }] : [],
    )
    .sort(
      (a, b) =>
        isAdvised(b) - isAdvised(a) || Math.max(0, b.shap) - Math.max(0, a.shap) || Math.abs(b.shap) - Math.abs(a.shap),
    )
    .slice(0, mostSliders)
    .map((feature) => {
      const wanted = Math.max(2 * feature.value, reach[feature.unit] ?? 0)
      const most = feature.unit === 'share' ? Math.min(1, wanted) : wanted
      return { ...feature, most, step: most / steps }
    })
}
