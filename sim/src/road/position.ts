/** Follows a car over the Earth: steps of metres become degrees by the local radii of the WGS84 ellipsoid. */
export interface Position {
  lat: number
  lon: number
  altM: number
  /** Moves by a velocity (m/s, east and north) for `dt` seconds. */
  move(eastMps: number, northMps: number, upMps: number, dt: number): void
}

const A_M = 6_378_137
const E2 = 6.694379990141e-3

/** @param start WGS84 degrees and metres */
export function createPosition(start: { lat: number; lon: number; altM: number }): Position {
  let radiusFrom = Number.NaN
  let northDeg = 0
  let eastDeg = 0
  return {
    ...start,
    move(eastMps, northMps, upMps, dt) {
      if (!(Math.abs(this.lat - radiusFrom) < 0.01)) {
        const sin = Math.sin((this.lat * Math.PI) / 180)
        const root = Math.sqrt(1 - E2 * sin * sin)
        northDeg = (180 / Math.PI) * (root ** 3 / (A_M * (1 - E2)))
        eastDeg = ((180 / Math.PI) * (root / A_M)) / Math.cos((this.lat * Math.PI) / 180)
        radiusFrom = this.lat
      }
      this.lat += northMps * dt * northDeg
      this.lon += eastMps * dt * eastDeg
      this.altM += upMps * dt
    },
  }
}
