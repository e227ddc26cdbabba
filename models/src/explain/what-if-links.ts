/** Values that a feature can have, both ends included. */
export interface FeatureRange {
  least: number
  most: number
}

/** Features of which one is a part of the other: the part is never larger. */
export const partsOf: readonly (readonly [part: string, whole: string])[] = [
  ['slow_share', 'urban_share'],
  ['above_130_share', 'above_110_share'],
  ['excessive_speeding_share', 'speeding_share'],
  ['hard_braking_share', 'braking_share'],
  ['hard_acceleration_share', 'acceleration_share'],
  ['hard_cornering_share', 'cornering_share'],
  ['extreme_jerk_share', 'high_jerk_share'],
]

/** Shares of one time that exclude each other: together never more than the whole. */
export const apart: readonly (readonly string[])[] = [
  ['urban_share', 'above_110_share'],
  ['braking_share', 'gentle_braking_share', 'coasting_share', 'acceleration_share'],
  ['cornering_share', 'gentle_cornering_share'],
  ['calm_jerk_share', 'high_jerk_share'],
  ['night_share', 'evening_share', 'rush_share'],
]

/** By unit; what lies beyond the larger ends is no car on a road. */
const ranges: Readonly<Record<string, FeatureRange>> = {
  share: { least: 0, most: 1 },
  'share of km': { least: 0, most: 1 },
  '1/100 km': { least: 0, most: 1000 },
  'km/h': { least: 0, most: 300 },
  'm/s': { least: 0, most: 85 },
  'm/s²': { least: 0, most: 12 },
  'm/s³': { least: 0, most: 200 },
  km: { least: 0, most: 2000 },
  min: { least: 0, most: 1440 },
}

/** What values a feature of that unit can have. @throws TypeError for a unit that is not known here */
export function rangeOf(unit: string): FeatureRange {
  const range = ranges[unit]
  if (!range)
    throw new TypeError(`finding the range of a feature: the unit "${unit}" has none; add it to what-if-links`)
  return range
}
