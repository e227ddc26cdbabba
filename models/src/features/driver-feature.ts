import type { DriverStatistics } from '../trips/driver-statistics.ts'
import type { Feature } from './feature.ts'

/** A feature of a driver: a pure function of what their trips add up to. A formula never changes under its name. */
export interface DriverFeature extends Feature {
  value(statistics: DriverStatistics): number
}
