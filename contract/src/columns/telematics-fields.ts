import type { TelematicsEvent } from '../telematics.ts'

/** How one quantity of a telematics event travels: an integer, `value × scale`, null where outside its range. */
export interface TelematicsField {
  readonly name: Exclude<keyof TelematicsEvent, 'seq'>
  /** Integer steps a unit: the resolution of the wire and of the table. */
  readonly scale: number
  /** What the quantity can be, in its unit; anything else is a fault of a sensor or a forgery. */
  readonly min: number
  readonly max: number
  readonly nullable: boolean
}

const field = (
  name: TelematicsField['name'],
  scale: number,
  [min, max]: readonly [number, number],
  nullable = true,
): TelematicsField => ({ name, scale, min, max, nullable })

/** Above any car, 540 km/h. */
const speed = [0, 150] as const
/** ±16 g of the widest accelerometer range, and its square sum over two more axes. */
const acceleration = [-160, 160] as const

/**
 * The fields of a telematics event in their order on the wire; `seq` is the place in the batch.
 *
 * Accelerations guess the speed, the yaw rate guesses the heading, and both guess the position, so they travel first.
 */
export const telematicsFields: readonly TelematicsField[] = [
  // 1970 to 2100: before the clock is set `at` counts from anywhere, and says so in `quality`.
  field('at', 1, [0, 4_102_444_800_000], false),
  field('aLongMin', 100, acceleration),
  field('aLongMax', 100, acceleration),
  field('aLatMin', 100, acceleration),
  field('aLatMax', 100, acceleration),
  field('aVertRms', 100, [0, 160]),
  field('yawRateMax', 1000, [-40, 40]),
  field('speedMps', 100, speed),
  field('headingDeg', 10, [0, 359.9]),
  field('lat', 1e6, [-90, 90]),
  field('lon', 1e6, [-180, 180]),
  field('altM', 10, [-500, 9000]),
  field('hdop', 10, [0, 100]),
  field('limitKmh', 1, [1, 300]),
  field('liveRisk', 10, [0, 100]),
  field('quality', 1, [0, 255], false),
]
