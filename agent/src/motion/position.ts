import { DEG_PER_RAD, EARTH_RADIUS_M } from '@fairmile/contract/units.ts'

/** Steps kept for late fixes: 6.4 s at 10 Hz. */
const capacity = 64
/** Share of a fix's difference that is taken at once; the rest is the receiver's noise. */
const positionGain = 0.7
const courseGain = 0.5
/** Courses of slower vehicles are noise. */
const minCourseSpeedMps = 2
/** Further off than this, metres, the path was wrong: take the fix as it is. */
const maxDriftM = 30

const wrap = (deg: number): number => ((((deg + 180) % 360) + 360) % 360) - 180

/** Position and heading, carried on between fixes by speed and yaw rate; NaN until known. */
export const createPosition = () => {
  const times = new Float64Array(capacity)
  const lats = new Float64Array(capacity)
  const lons = new Float64Array(capacity)
  const headings = new Float64Array(capacity)
  let count = 0
  let lat = Number.NaN
  let lon = Number.NaN
  let heading = Number.NaN
  let nowMs = Number.NaN

  /** Slot of the newest step at or before `tMs`, or the oldest kept, or -1. */
  const slotAt = (tMs: number): number => {
    for (let n = count - 1; n >= Math.max(0, count - capacity); n--)
      if (times[n % capacity]! <= tMs) return n % capacity
    return count > 0 ? Math.max(0, count - capacity) % capacity : -1
  }

  const forget = (): void => {
    count = 0
  }

  return {
    get lat() {
      return lat
    },
    get lon() {
      return lon
    },
    /** Degrees clockwise from north, [0, 360). */
    get headingDeg() {
      return heading
    },
    /** One step at this speed and yaw rate (rad/s to the left, NaN is straight on). */
    step(tMs: number, speedMps: number, yawRate: number): void {
      const dtS = Number.isNaN(nowMs) ? 0 : Math.min(1, (tMs - nowMs) / 1000)
      nowMs = tMs
      if (!Number.isNaN(yawRate)) heading = (heading - yawRate * dtS * DEG_PER_RAD + 360) % 360
      const metres = speedMps * dtS
      if (metres > 0 && !Number.isNaN(heading)) {
        const course = heading / DEG_PER_RAD
        lat += (metres * Math.cos(course) * DEG_PER_RAD) / EARTH_RADIUS_M
        lon += (metres * Math.sin(course) * DEG_PER_RAD) / (EARTH_RADIUS_M * Math.cos(lat / DEG_PER_RAD))
      }
      const slot = count++ % capacity
      times[slot] = tMs
      lats[slot] = lat
      lons[slot] = lon
      headings[slot] = heading
    },
    /** A fix that was true at `tMs`; corrects all steps since. */
    measure(tMs: number, fixLat: number, fixLon: number, courseDeg: number, speedMps: number): void {
      const slot = slotAt(tMs)
      if (slot < 0 || Number.isNaN(lat) || Number.isNaN(lats[slot]!)) {
        lat = fixLat
        lon = fixLon
        if (Number.isNaN(heading) && speedMps > minCourseSpeedMps) heading = courseDeg
        return
      }
      // The newest step at or before the fix may be up to a step old: carry it on to the fix's time.
      const ahead = Math.max(0, Math.min(100, tMs - times[slot]!)) / 1000
      const h = headings[slot]! / DEG_PER_RAD
      const northM = Number.isNaN(h) ? 0 : speedMps * ahead * Math.cos(h)
      const eastM = Number.isNaN(h) ? 0 : speedMps * ahead * Math.sin(h)
      const cos = Math.cos(lat / DEG_PER_RAD)
      const dLat = fixLat - lats[slot]! - (northM / EARTH_RADIUS_M) * DEG_PER_RAD
      const dLon = fixLon - lons[slot]! - (eastM / EARTH_RADIUS_M / cos) * DEG_PER_RAD
      const offM = (Math.hypot(dLat, dLon * cos) / DEG_PER_RAD) * EARTH_RADIUS_M
      const gain = offM > maxDriftM ? 1 : positionGain
      lat += gain * dLat
      lon += gain * dLon
      for (let n = count - 1; n >= Math.max(0, count - capacity) && times[n % capacity]! >= times[slot]!; n--) {
        lats[n % capacity]! += gain * dLat
        lons[n % capacity]! += gain * dLon
      }
      if (!(speedMps > minCourseSpeedMps) || Number.isNaN(courseDeg)) return
      const turn = Number.isNaN(headings[slot]!)
        ? wrap(courseDeg - heading)
        : courseGain * wrap(courseDeg - headings[slot]!)
      heading = Number.isNaN(heading) ? courseDeg : (heading + turn + 360) % 360
      for (let n = count - 1; n >= Math.max(0, count - capacity) && times[n % capacity]! >= times[slot]!; n--) {
        headings[n % capacity] = (headings[n % capacity]! + turn + 360) % 360
      }
    },
    forget,
  }
}
