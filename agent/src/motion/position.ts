import { DEG_PER_RAD, EARTH_RADIUS_M } from '@fairmile/contract/units.ts'

/** Steps kept for late fixes: 6.4 s at 10 Hz. */
const capacity = 64
/** Share of a fix's difference that is taken at once; the rest is the receiver's noise. */
const positionGain = 0.7
const courseGain = 0.5
/** Courses of slower vehicles are noise. */
const minCourseSpeedMps = 2
/** A fix that lies further from the path than this, metres and share of the way since the last, is a jump of the receiver … */
const maxJumpM = 30
const maxJumpShare = 0.2
/** … unless so many in a row are off alike: then the path was wrong. */
const jumpsAlike = 4
/** Within this distance of each other, metres. */
const alikeM = 15

const wrap = (deg: number): number => ((((deg + 180) % 360) + 360) % 360) - 180

/** Position and heading, carried on between fixes by speed and yaw rate; NaN until known. */
export const createPosition = () => {
  const times = new Float64Array(capacity)
  const lats = new Float64Array(capacity)
  const lons = new Float64Array(capacity)
  const headings = new Float64Array(capacity)
  const counts = { jumps: 0 }
  let count = 0
  let lat = Number.NaN
  let lon = Number.NaN
  let heading = Number.NaN
  let nowMs = Number.NaN
  let drivenM = 0
  let alike = 0
  let jumpNorthM = 0
  let jumpEastM = 0

  /** Newest step at or before `tMs`, or the oldest kept, or -1. */
  const stepAt = (tMs: number): number => {
    const oldest = Math.max(0, count - capacity)
    for (let n = count - 1; n >= oldest; n--) if (times[n % capacity]! <= tMs) return n
    return count > 0 ? oldest : -1
  }

  /** Whether a fix off by so much is to be believed. */
  const believed = (northM: number, eastM: number): boolean => {
    if (Math.hypot(northM, eastM) <= maxJumpM + maxJumpShare * drivenM) {
      alike = 0
      return true
    }
    const same = Math.hypot(northM - jumpNorthM, eastM - jumpEastM) <= alikeM
    alike = same ? alike + 1 : 1
    jumpNorthM = northM
    jumpEastM = eastM
    if (alike >= jumpsAlike) return true
    counts.jumps++
    return false
  }

  return {
    /** Fixes that were not believed. */
    counts,
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
      if (metres > 0) drivenM += metres
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
    /** A fix that was true at `tMs`, at this speed; corrects all steps since. */
    measure(tMs: number, fixLat: number, fixLon: number, speedMps: number): void {
      const step = stepAt(tMs)
      const slot = step % capacity
      if (step < 0 || Number.isNaN(lat) || Number.isNaN(lats[slot]!)) {
        lat = fixLat
        lon = fixLon
        return
      }
      const perDegree = EARTH_RADIUS_M / DEG_PER_RAD
      const cos = Math.cos(lat / DEG_PER_RAD)
      // The newest step at or before the fix may be up to a step old: carry it on to the fix's time.
      const ahead = Math.max(0, Math.min(100, tMs - times[slot]!)) / 1000
      const h = headings[slot]! / DEG_PER_RAD
      const northM = (fixLat - lats[slot]!) * perDegree - (Number.isNaN(h) ? 0 : speedMps * ahead * Math.cos(h))
      const eastM = (fixLon - lons[slot]!) * perDegree * cos - (Number.isNaN(h) ? 0 : speedMps * ahead * Math.sin(h))
      if (!believed(northM, eastM)) return
      drivenM = 0
      const gain = Math.hypot(northM, eastM) > maxJumpM ? 1 : positionGain
      const dLat = (gain * northM) / perDegree
      const dLon = (gain * eastM) / perDegree / cos
      lat += dLat
      lon += dLon
      for (let n = step; n < count; n++) {
        lats[n % capacity]! += dLat
        lons[n % capacity]! += dLon
      }
    },
    /** The place after a pause in which no steps came. */
    restart(tMs: number, fixLat: number, fixLon: number): void {
      lat = fixLat
      lon = fixLon
      nowMs = tMs
      count = 0
      drivenM = 0
    },
    /** A course that was true at `tMs`, degrees clockwise from north, at this speed; corrects all steps since. */
    turn(tMs: number, courseDeg: number, speedMps: number): void {
      if (!(speedMps > minCourseSpeedMps)) return
      const step = stepAt(tMs)
      if (Number.isNaN(heading)) heading = courseDeg
      else {
        const then = step < 0 ? Number.NaN : headings[step % capacity]!
        const by = Number.isNaN(then) ? wrap(courseDeg - heading) : courseGain * wrap(courseDeg - then)
        heading = (heading + by + 360) % 360
        for (let n = Math.max(0, step); n < count; n++)
          headings[n % capacity] = (headings[n % capacity]! + by + 360) % 360
      }
    },
  }
}
