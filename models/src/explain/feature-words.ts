/**
 * What a driver is told of a feature.
 *
 * Advice is given only where the driver can follow it tomorrow and where the model is monotone, so that following it can never cost
 * anything. Elsewhere `noAdvice` says why there is none.
 */
export interface FeatureWords {
  /** Stands in notices of adverse decisions: never changed, never given to another feature. */
  readonly code: string
  /** Begins a sentence. */
  readonly subject: string
  /** One thing to do, null where there is none. */
  readonly advice: string | null
  /** Why there is no advice, null where there is. */
  readonly noAdvice: string | null
}

const circumstance = {
  roads: 'which roads lead to work and home is not chosen from day to day',
  traffic: 'lights and queues decide it',
  hours: 'who works shifts or on Saturdays does not choose the hours',
  trips: 'where one has to go is not chosen for the price',
}
const summary = 'it sums up what other features say one by one, and those carry the advice'
const eitherWay = 'more of it may be better or worse, so no advice can be sure to help'

const can = (code: string, subject: string, advice: string): FeatureWords => ({
  code,
  subject,
  advice,
  noAdvice: null,
})
const cannot = (code: string, subject: string, noAdvice: string): FeatureWords => ({
  code,
  subject,
  advice: null,
  noAdvice,
})

/** Words for every feature of a driver, by name. */
export const featureWords: Readonly<Record<string, FeatureWords>> = {
  speed_mean: cannot('SP-01', 'The mean speed', circumstance.roads),
  speed_std: cannot('SP-02', 'The spread of the speed', circumstance.roads),
  speed_top: cannot('SP-03', 'The highest speed of a trip, on average', circumstance.roads),
  slow_share: cannot('SP-04', 'Driving at up to 20 km/h', circumstance.traffic),
  urban_share: cannot('SP-05', 'Driving at up to 50 km/h', circumstance.roads),
  above_110_share: cannot('SP-06', 'Driving above 110 km/h', circumstance.roads),
  above_130_share: can('SP-07', 'Driving above 130 km/h', 'Stay at 130 km/h where a road has no limit.'),
  stop_rate: cannot('SP-08', 'Stopping', circumstance.traffic),
  idle_share: cannot('SP-09', 'Standing with the engine on', circumstance.traffic),
  speeding_share: can(
    'SP-10',
    'Driving above the limit',
    'Set the limiter or cruise control to the limit; ease off before the sign, not after it.',
  ),
  excessive_speeding_share: can(
    'SP-11',
    'Driving far above the limit',
    'Watch the first kilometre behind a town sign: most of it is driven there.',
  ),
  harsh_braking_rate: can(
    'EV-01',
    'Harsh braking',
    'Keep two seconds to the car in front, three when it is wet, and lift the foot when its brake lights come on.',
  ),
  harsh_acceleration_rate: can(
    'EV-02',
    'Harsh acceleration',
    'Take three seconds more to reach the speed of the road when you pull away.',
  ),
  harsh_cornering_rate: can('EV-03', 'Harsh cornering', 'Brake before the bend, so that you only roll through it.'),
  harsh_lane_change_rate: can(
    'EV-04',
    'Harsh lane changes',
    'Signal, look, and take four seconds to cross the line; miss the exit rather than cut to it.',
  ),
  speeding_rate: can(
    'EV-05',
    'Stretches above the limit',
    'Look for the sign at each new street, and let the car warn you above the limit.',
  ),
  phone_share: can(
    'EV-06',
    'Using a phone while driving',
    'Put the phone out of reach before you set off; stop where you must answer.',
  ),
  gentle_braking_share: cannot('PD-01', 'Braking gently', eitherWay),
  braking_share: can(
    'PD-02',
    'Firm braking, above 0.2 g',
    'Lift the foot earlier, and let the car slow down by itself first.',
  ),
  hard_braking_share: can(
    'PD-03',
    'Hard braking, above 0.3 g',
    'Look past the car in front to the next one: what stops it is seen a second earlier.',
  ),
  acceleration_share: can('PD-04', 'Firm accelerating, above 0.2 g', 'Press the pedal half as far when you pull away.'),
  hard_acceleration_share: can(
    'PD-05',
    'Hard accelerating, above 0.3 g',
    'Join a road in a longer gap, so that it takes no full throttle.',
  ),
  coasting_share: cannot('PD-06', 'Driving with calm pedals', eitherWay),
  gentle_cornering_share: cannot('PD-07', 'Cornering gently', eitherWay),
  cornering_share: can('PD-08', 'Firm cornering, above 0.2 g', 'Enter bends and roundabouts 5 km/h slower.'),
  hard_cornering_share: can(
    'PD-09',
    'Hard cornering, above 0.3 g',
    'Be at the speed of the bend before you turn the wheel.',
  ),
  along_rms: cannot('PD-10', 'The mean strength of braking and accelerating', summary),
  alat_rms: cannot('PD-11', 'The mean strength of cornering', summary),
  jerk_rms: cannot('PD-12', 'The mean abruptness of the pedals', summary),
  calm_jerk_share: cannot('PD-13', 'Smooth use of the pedals', eitherWay),
  high_jerk_share: can(
    'PD-14',
    'Abrupt use of the pedals',
    'Press and release both pedals over a full second, also at walking pace.',
  ),
  extreme_jerk_share: can('PD-15', 'Stamping on the pedals', 'Ease off the brake in the last metre before a stop.'),
  night_share: cannot('HB-01', 'Driving between 23 and 4 h', circumstance.hours),
  evening_share: cannot('HB-02', 'Driving between 19 and 23 h', circumstance.hours),
  rush_share: cannot('HB-03', 'Driving in the rush hours', circumstance.hours),
  weekend_share: cannot('HB-04', 'Driving at the weekend', circumstance.hours),
  trip_km: cannot('HB-05', 'The length of a trip', circumstance.trips),
  trip_minutes: cannot('HB-06', 'The duration of a trip', circumstance.trips),
  short_trip_share: cannot('HB-07', 'Trips under 5 km', circumstance.trips),
  long_trip_share: cannot('HB-08', 'Trips over an hour', circumstance.trips),
  speed_between_trips: cannot('HB-09', 'How much the mean speed differs from trip to trip', circumstance.trips),
  braking_between_trips: cannot('HB-10', 'How much braking differs from trip to trip', summary),
  acceleration_between_trips: cannot('HB-11', 'How much accelerating differs from trip to trip', summary),
  cornering_between_trips: cannot('HB-12', 'How much cornering differs from trip to trip', summary),
  jerk_between_trips: cannot('HB-13', 'How much smoothness differs from trip to trip', summary),
  speeding_between_trips: cannot('HB-14', 'How much speeding differs from trip to trip', summary),
}

/** Words for a feature; one that is not known here goes by its own name, without advice. */
export function wordsOf(feature: string): FeatureWords {
  return (
    featureWords[feature] ?? cannot('XX-00', feature, 'it belongs to a newer model than these words were written for')
  )
}
