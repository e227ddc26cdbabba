import type { ReceiptFeature } from '@fairmile/contract/receipt.ts'

/** One reason for a score, in words. */
export interface Reason {
  feature: string
  /** A plain sentence. */
  text: string
  /** Null where the feature was unknown. */
  value: number | null
  unit: string
  /** Its part of the margin, natural log. */
  shap: number
  direction: 'raises' | 'lowers'
}

/** What a driver is told: more than these is not read. */
const mostReasons = 5
/** Parts below this move the expected claims by less than half a percent: no reason. */
const leastShap = 0.005

/** What each driver feature is called in a sentence. */
const names: Readonly<Record<string, string>> = {
  speed_mean: 'The mean speed',
  speed_std: 'The spread of the speed',
  urban_share: 'Driving at up to 50 km/h',
  above_110_share: 'Driving above 110 km/h',
  above_130_share: 'Driving above 130 km/h',
  stop_rate: 'Stopping',
  idle_share: 'Standing with the engine on',
  harsh_braking_rate: 'Harsh braking',
  harsh_acceleration_rate: 'Harsh acceleration',
  harsh_cornering_rate: 'Harsh cornering',
  braking_share: 'Braking above 0.2 g',
  hard_braking_share: 'Braking above 0.3 g',
  acceleration_share: 'Accelerating above 0.2 g',
  cornering_share: 'Cornering above 0.2 g',
  hard_cornering_share: 'Cornering above 0.3 g',
  along_rms: 'The mean strength of braking and accelerating',
  alat_rms: 'The mean strength of cornering',
  jerk_rms: 'The mean abruptness of the pedals',
  high_jerk_share: 'Abrupt use of the pedals',
  night_share: 'Driving between 23 and 4 h',
  rush_share: 'Driving in the rush hours',
  weekend_share: 'Driving at the weekend',
  speeding_share: 'Driving above the limit',
  excessive_speeding_share: 'Driving far above the limit',
  phone_share: 'Using a phone while driving',
  speed_top: 'The highest speed of a trip, on average',
  slow_share: 'Driving at up to 20 km/h',
  harsh_lane_change_rate: 'Harsh lane changes',
  speeding_rate: 'Stretches above the limit',
  gentle_braking_share: 'Braking gently',
  hard_acceleration_share: 'Accelerating above 0.3 g',
  coasting_share: 'Driving with calm pedals',
  gentle_cornering_share: 'Cornering gently',
  calm_jerk_share: 'Smooth use of the pedals',
  extreme_jerk_share: 'Stamping on the pedals',
  evening_share: 'Driving between 19 and 23 h',
  trip_km: 'The length of a trip',
  trip_minutes: 'The duration of a trip',
  short_trip_share: 'Trips under 5 km',
  long_trip_share: 'Trips over an hour',
  speed_between_trips: 'How much the mean speed differs from trip to trip',
  braking_between_trips: 'How much braking differs from trip to trip',
  acceleration_between_trips: 'How much accelerating differs from trip to trip',
  cornering_between_trips: 'How much cornering differs from trip to trip',
  jerk_between_trips: 'How much smoothness differs from trip to trip',
  speeding_between_trips: 'How much speeding differs from trip to trip',
}

/**
 * The strongest reasons for a score, the strongest first, each with how far it moves the expected claims.
 *
 * @param features what the model saw, with exact SHAP values: exp(shap) is the factor on the claim frequency
 */
export function reasonsOf(features: readonly ReceiptFeature[]): Reason[] {
  return features
    .filter(({ shap }) => Math.abs(shap) >= leastShap)
    .sort((a, b) => Math.abs(b.shap) - Math.abs(a.shap))
    .slice(0, mostReasons)
    .map(({ name, value, unit, shap }) => {
      const direction = shap > 0 ? 'raises' : 'lowers'
      return { feature: name, text: sentence({ name, value, unit, shap }), value, unit, shap, direction }
    })
}

function sentence({ name, value, unit, shap }: ReceiptFeature): string {
  const subject = names[name] ?? name
  const percent = Math.round(Math.abs(Math.expm1(shap)) * 1000) / 10
  const effect = `${shap > 0 ? 'raises' : 'lowers'} the expected claims by ${percent} %.`
  if (value === null) return `${subject} could not be judged, which ${effect}`
  return `${subject} (${amount(value, unit)}) ${effect}`
}

function amount(value: number, unit: string): string {
  if (unit === 'share') return `${Math.round(value * 1000) / 10} % of the time`
  if (unit === 'share of km') return `${Math.round(value * 1000) / 10} % of the kilometres`
  if (unit === '1/100 km') return `${Math.round(value * 10) / 10} times per 100 km`
  return `${Math.round(value * 100) / 100} ${unit}`
}
