import type { DriverStatistics } from '../trips/driver-statistics.ts'
import { eventFeatures } from './driver-events.ts'
import type { DriverFeature } from './driver-feature.ts'
import { habitFeatures } from './driver-habits.ts'
import { pedalFeatures } from './driver-pedals.ts'
import { retiredFeatures } from './driver-retired.ts'
import { speedFeatures } from './driver-speed.ts'

/**
 * The features of a driver, pure functions of what trips add up to: rates per 100 km, shares and means, never the kilometres, and never
 * how good the data is; nor evidence below grade A. Models are trained with these.
 */
export const driverFeatures: readonly DriverFeature[] = [
  ...speedFeatures,
  ...eventFeatures,
  ...pedalFeatures,
  ...habitFeatures,
]

/** Those, and the ones that former models name. */
export const knownDriverFeatures: readonly DriverFeature[] = [...driverFeatures, ...retiredFeatures]

const byName = new Map(knownDriverFeatures.map((feature) => [feature.name, feature]))

/**
 * The features that a model names, in its order: an earlier model goes on with the ones that it knows.
 *
 * @throws TypeError naming those that this code does not have
 */
export function driverFeaturesNamed(names: readonly string[]): DriverFeature[] {
  const unknown = names.filter((name) => !byName.has(name))
  if (unknown.length > 0)
    throw new TypeError(
      `features of a driver: "${unknown.join('", "')}" are not known here; the model is for another version, train it again`,
    )
  return names.flatMap((name) => byName.get(name) ?? [])
}

/**
 * Writes one value for each feature, in order; NaN is unknown.
 *
 * @param features @default all
 */
export function writeDriverFeatures(
  statistics: DriverStatistics,
  out: Float32Array,
  features: readonly DriverFeature[] = driverFeatures,
): void {
  for (let index = 0; index < features.length; index++) out[index] = features[index]!.value(statistics)
}

/** Kilometres driven: the offset of the driver model, never a feature. */
export function exposureKm({ total }: DriverStatistics): number {
  return total.distanceM / 1000
}
