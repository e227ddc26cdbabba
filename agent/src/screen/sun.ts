const rad = Math.PI / 180
const dayMs = 86_400_000
/** 1 January 2000, 12:00 UTC: the epoch of the formulas, milliseconds. */
const j2000Ms = Date.UTC(2000, 0, 1, 12)

/**
 * Height of the sun above the horizon in degrees, refraction left out.
 *
 * Low-precision formulas of the Astronomical Almanac (section C), good to 0.01° until 2050.
 * @param atMs UTC epoch milliseconds
 */
export function sunHeightDeg(latDeg: number, lonDeg: number, atMs: number): number {
  const days = (atMs - j2000Ms) / dayMs
  const meanLongitude = 280.46 + 0.9856474 * days
  const anomaly = (357.528 + 0.9856003 * days) * rad
  const longitude = (meanLongitude + 1.915 * Math.sin(anomaly) + 0.02 * Math.sin(2 * anomaly)) * rad
  const obliquity = (23.439 - 4e-7 * days) * rad
  const declination = Math.asin(Math.sin(obliquity) * Math.sin(longitude))
  const ascension = Math.atan2(Math.cos(obliquity) * Math.sin(longitude), Math.cos(longitude))
  const siderealDeg = 280.46062 + 360.985647 * days
  const hourAngle = (siderealDeg + lonDeg) * rad - ascension
  const lat = latDeg * rad
  return (
    Math.asin(Math.sin(lat) * Math.sin(declination) + Math.cos(lat) * Math.cos(declination) * Math.cos(hourAngle)) / rad
  )
}
