import type { PathPoint, TripPath } from '@fairmile/contract/http/trips.ts'

/** A made-up commute: 24 minutes in and out of a town, a stop at a light, one hard brake and one firm corner. */
const durationS = 1440
/** Second of the hard brake and of the firm corner. */
export const brakeAtS = 540
export const cornerAtS = 1202

/** Limits in km/h from the second on which they apply. */
const limits: readonly [number, number][] = [
  [0, 30],
  [120, 50],
  [500, 70],
  [620, 50],
  [700, 100],
  [1120, 50],
  [1360, 30],
]
/** Seconds at which the car comes to rest, and for how long. */
const stops: readonly [number, number][] = [
  [118, 22],
  [330, 35],
  [545, 14],
  [690, 8],
  [1130, 28],
]
const degreesPerMetre = 1 / 111_195

const limitAt = (tS: number): number => limits.findLast(([from]) => from <= tS)![1]

function wantedMps(tS: number): number {
  if (tS > durationS - 12) return 0
  if (stops.some(([from, lengthS]) => tS >= from && tS < from + lengthS)) return 0
  const habit = 0.97 + 0.06 * Math.sin(tS / 47) + 0.03 * Math.sin(tS / 13)
  return (limitAt(tS) / 3.6) * habit
}

const headingRate = (tS: number): number =>
  0.012 * Math.sin(tS / 61) + (Math.abs(tS - cornerAtS) < 4 ? 0.3 : 0) - (Math.abs(tS - 420) < 6 ? 0.16 : 0)

/** One point a second of the whole drive. */
function drive(): PathPoint[] {
  const points: PathPoint[] = []
  let speed = 0
  let heading = 0.6
  let lat = 49.0134
  let lon = 12.1016
  let risk = 8
  for (let tS = 0; tS <= durationS; tS++) {
    const hard = tS >= brakeAtS && tS < brakeAtS + 4
    const before = speed
    const reach = hard ? 5.2 : 2.1
    speed += Math.max(-reach, Math.min(1.5, wantedMps(tS + 4) - speed))
    speed = Math.max(0, speed)
    const aLong = speed - before + 0.12 * Math.sin(tS * 1.7)
    const turn = speed > 1 ? headingRate(tS) : 0
    heading += turn
    const aLat = Math.max(-4.4, Math.min(4.4, speed * turn)) + 0.1 * Math.sin(tS * 2.3)
    lat += Math.cos(heading) * speed * degreesPerMetre
    lon += (Math.sin(heading) * speed * degreesPerMetre) / Math.cos((lat * Math.PI) / 180)
    const strain = 9 * Math.max(0, Math.abs(aLong) - 0.8) + 7 * Math.max(0, Math.abs(aLat) - 1.6) + speed / 4
    risk += 0.25 * (Math.min(92, 5 + strain * 2.2) - risk)
    const known = tS < 860 || tS > 905
    points.push({
      tS,
      lat: known ? lat : null,
      lon: known ? lon : null,
      speedMps: known ? speed : null,
      aLong,
      aLat,
      risk,
      limitKmh: limitAt(tS),
    })
  }
  return points
}

const points = drive()

/** The drive thinned as the cloud thins it. */
export const samplePath: TripPath = { tripId: 'TRP-7K2M9QX4B1CD', points: points.filter((_, index) => index % 3 === 0) }

/** Every second of it, for live pages. */
export const sampleSeconds: readonly PathPoint[] = points

/** Metres driven. */
export const sampleDistanceM: number = points.reduce((sum, { speedMps }) => sum + (speedMps ?? 26), 0)
