/** Features that say something of one habit, and what a driver is told it is. */
export interface FeatureFamily {
  readonly id: string
  /** Begins a line. */
  readonly title: string
  readonly features: readonly string[]
}

/** Every feature of a driver, each in one family. */
export const featureFamilies: readonly FeatureFamily[] = [
  {
    id: 'braking',
    title: 'Braking',
    features: [
      ...['harsh_braking_rate', 'braking_share', 'hard_braking_share', 'gentle_braking_share'],
      'braking_between_trips',
    ],
  },
  {
    id: 'acceleration',
    title: 'Acceleration',
    features: [
      ...['harsh_acceleration_rate', 'acceleration_share', 'hard_acceleration_share'],
      'acceleration_between_trips',
    ],
  },
  {
    id: 'cornering',
    title: 'Cornering and lane changes',
    features: [
      ...['harsh_cornering_rate', 'harsh_lane_change_rate', 'cornering_share', 'hard_cornering_share'],
      ...['gentle_cornering_share', 'alat_rms', 'cornering_between_trips'],
    ],
  },
  {
    id: 'speeding',
    title: 'Speeding',
    features: [
      ...['speeding_rate', 'speeding_share', 'excessive_speeding_share', 'above_130_share'],
      'speeding_between_trips',
    ],
  },
  { id: 'phone', title: 'Phone', features: ['phone_share'] },
  {
    id: 'smoothness',
    title: 'Smoothness',
    features: [
      ...['coasting_share', 'along_rms', 'jerk_rms', 'calm_jerk_share', 'high_jerk_share', 'extreme_jerk_share'],
      'jerk_between_trips',
    ],
  },
  { id: 'hours', title: 'Hours of the day', features: ['night_share', 'evening_share', 'rush_share', 'weekend_share'] },
  {
    id: 'roads',
    title: 'Roads and traffic',
    features: [
      ...['speed_mean', 'speed_std', 'speed_top', 'slow_share', 'urban_share', 'above_110_share', 'stop_rate'],
      ...['idle_share', 'speed_between_trips'],
    ],
  },
  {
    id: 'trips',
    title: 'Mix of trips',
    features: ['trip_km', 'trip_minutes', 'short_trip_share', 'long_trip_share'],
  },
]

const byFeature = new Map(featureFamilies.flatMap((family) => family.features.map((name) => [name, family] as const)))

/** What no family is known of: features of a newer model. */
const others: FeatureFamily = { id: 'other', title: 'Other', features: [] }

/** The family of a feature. */
export function familyOf(feature: string): FeatureFamily {
  return byFeature.get(feature) ?? others
}
