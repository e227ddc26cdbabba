/** Tags of an OpenStreetMap way. */
export type Tags = Readonly<Record<string, string>>

/** A way that cars may use, as a source file has it. */
export interface SourceRoad {
  /** Identity in the source; for error messages and to look it up there. */
  osmId: number
  tags: Tags
  /** WGS84 in 1e-7 degrees, latitude and longitude in turn, in the order that the way is drawn. */
  points: Int32Array
}

/** Takes what a reader finds; may be called many times. */
export type OnRoad = (road: SourceRoad) => void

/**
 * Kinds of way that are looked at, with how much less likely a car is on it than on a street, in the matcher's cost:
 * service roads and yards run beside many streets and carry little traffic.
 */
export const roadKinds: Readonly<Record<string, number>> = {
  motorway: 0,
  motorway_link: 0.5,
  trunk: 0,
  trunk_link: 0.5,
  primary: 0,
  primary_link: 0.5,
  secondary: 0,
  secondary_link: 0.5,
  tertiary: 0,
  tertiary_link: 0.5,
  unclassified: 0,
  residential: 0,
  road: 0,
  living_street: 0.5,
  service: 1.5,
}

/** Whether cars drive here by the way's kind and access tags. */
export function isRoad(tags: Tags): boolean {
  if (tags.highway === undefined || !Object.hasOwn(roadKinds, tags.highway)) return false
  const access = tags.motorcar ?? tags.motor_vehicle ?? tags.vehicle
  return access !== 'no' && tags.area !== 'yes'
}

/** Degrees to the units of `SourceRoad.points`. */
export const toE7 = (degrees: number): number => Math.round(degrees * 1e7)
