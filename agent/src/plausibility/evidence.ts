/** Why what was sensed cannot be the motion of this car. */
export const implausibleReasons = [
  /** A number that is none, or of no place on Earth. */
  'bad_number',
  /** Faster than any car on a road. */
  'too_fast',
  /** Far from where the car could have come. */
  'teleport',
  /** Height that no road has, or that changes as no road does. */
  'altitude',
  /** The receiver repeats itself while the car moves. */
  'frozen_fix',
  /** The receiver's time stands still. */
  'frozen_time',
  /** The position goes another way than the receiver's own speed and course. */
  'position_drift',
  /** The receiver's course turns another way than the car. */
  'course_drift',
  /** The receiver's speed changes another way than the car's. */
  'speed_mismatch',
  /** Readings of the IMU that no car can give: all the same, no weight, or a weight for seconds that is not the Earth's. */
  'imu_frozen',
  'imu_range',
] as const
export type ImplausibleReason = (typeof implausibleReasons)[number]
