import { DEG_PER_RAD, EARTH_RADIUS_M, G_MPS2 } from '@fairmile/contract/units.ts'
import type { Lots } from '../../../scripts/chaos/lots.ts'
import type { Fix, ImuSample } from '../../src/sensors.ts'
import type { BaseDrive } from './base-drives.ts'

/** A fault between two times: what the car sends instead of the truth. */
export interface Impossible {
  fix?(fix: Fix): Fix
  imu?(sample: ImuSample): ImuSample
}

/** What a kind of fault needs to know: the drive, when it begins, and chance. */
interface Scene {
  drive: BaseDrive
  other: BaseDrive
  fromMs: number
  lots: Lots
}

/** How a fault is made, and whether it is one that only shows over minutes. */
export interface ImpossibleKind {
  slow?: true
  make(scene: Scene): Impossible
}

const moved = (fix: Fix, northM: number, eastM: number): Fix =>
  fix.lat === null || fix.lon === null
    ? fix
    : {
        ...fix,
        lat: fix.lat + (northM / EARTH_RADIUS_M) * DEG_PER_RAD,
        lon: fix.lon + ((eastM / EARTH_RADIUS_M) * DEG_PER_RAD) / Math.cos(fix.lat / DEG_PER_RAD),
      }
const between = (lots: Lots, low: number, high: number): number => low + (high - low) * lots.next()
const logBetween = (lots: Lots, low: number, high: number): number =>
  Math.exp(between(lots, Math.log(low), Math.log(high)))
const axes = ['ax', 'ay', 'az', 'gx', 'gy', 'gz'] as const

/** The first fix at or after the start. */
const firstFix = ({ drive, fromMs }: Scene): Fix => drive.fixes.find(({ tMs }) => tMs >= fromMs) as Fix
const firstReading = ({ drive, fromMs }: Scene): ImuSample => drive.imu.find(({ tMs }) => tMs >= fromMs) as ImuSample

/** A velocity of 1 to 4 m/s in any direction, reached over 20 s: how far it has pulled, and how fast it pulls. */
function drag({ fromMs, lots }: Scene) {
  const mps = between(lots, 1, 4)
  const turn = between(lots, 0, 2 * Math.PI)
  const rampS = 20
  return (tMs: number) => {
    const s = (tMs - fromMs) / 1000
    const pulledM = s < rampS ? (mps * s * s) / (2 * rampS) : mps * (s - rampS / 2)
    const share = Math.min(1, s / rampS)
    return {
      northM: pulledM * Math.cos(turn),
      eastM: pulledM * Math.sin(turn),
      northMps: mps * share * Math.cos(turn),
      eastMps: mps * share * Math.sin(turn),
    }
  }
}

/** Impossible motion by name. */
export const impossibleKinds: Readonly<Record<string, ImpossibleKind>> = {
  teleport: {
    make({ lots }) {
      const metres = logBetween(lots, 250, 500_000)
      const turn = between(lots, 0, 2 * Math.PI)
      return { fix: (fix) => moved(fix, metres * Math.cos(turn), metres * Math.sin(turn)) }
    },
  },
  flicker: {
    make({ lots }) {
      const metres = logBetween(lots, 250, 50_000)
      let n = 0
      return { fix: (fix) => (n++ % 2 === 0 ? moved(fix, metres, metres) : fix) }
    },
  },
  frozenFix: {
    make(scene) {
      const { lat, lon, speedMps, courseDeg } = firstFix(scene)
      return { fix: (fix) => ({ ...fix, lat, lon, speedMps, courseDeg }) }
    },
  },
  frozenTime: {
    make(scene) {
      const { utcMs } = firstFix(scene)
      return { fix: (fix) => ({ ...fix, utcMs }) }
    },
  },
  badNumber: {
    make({ lots }) {
      const field = lots.pick(['lat', 'lon', 'speedMps', 'courseDeg', 'altM', 'hdop'] as const)
      const value = lots.pick([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])
      return { fix: (fix) => ({ ...fix, [field]: value }) }
    },
  },
  tooFast: {
    make({ lots }) {
      const mps = lots.pick([400, -3, between(lots, 101, 500), 1e9])
      return { fix: (fix) => ({ ...fix, speedMps: mps }) }
    },
  },
  altitude: {
    make({ lots }) {
      const metres = lots.pick([between(lots, 9500, 1e6), between(lots, -1e6, -1500)])
      const saw = lots.chance(0.5)
      let n = 0
      return { fix: (fix) => ({ ...fix, altM: saw ? (fix.altM ?? 0) + (n++ % 2) * 1500 : metres }) }
    },
  },
  forgedDrive: {
    make(scene) {
      const { other, lots } = scene
      const begin = firstFix(scene)
      const moving = other.fixes.filter(({ speedMps, tMs }) => (speedMps ?? 0) > 5 && tMs > 60_000)
      const from = moving[lots.below(Math.max(1, moving.length - 120))] ?? (other.fixes[0] as Fix)
      const index = other.fixes.indexOf(from)
      let n = 0
      return {
        fix(fix) {
          const told = other.fixes[Math.min(other.fixes.length - 1, index + n++)] as Fix
          if (told.lat === null || from.lat === null || begin.lat === null) return { ...told, tMs: fix.tMs }
          const lat = begin.lat + told.lat - from.lat
          const lon = (begin.lon ?? 0) + (told.lon ?? 0) - (from.lon ?? 0)
          return { ...told, tMs: fix.tMs, utcMs: fix.utcMs, lat, lon }
        },
      }
    },
  },
  draggedPosition: {
    slow: true,
    make(scene) {
      const at = drag(scene)
      return { fix: (fix) => moved(fix, at(fix.tMs).northM, at(fix.tMs).eastM) }
    },
  },
  draggedMotion: {
    slow: true,
    make(scene) {
      const at = drag(scene)
      return {
        fix(fix) {
          const { northM, eastM, northMps, eastMps } = at(fix.tMs)
          const course = (fix.courseDeg ?? 0) / DEG_PER_RAD
          const north = (fix.speedMps ?? 0) * Math.cos(course) + northMps
          const east = (fix.speedMps ?? 0) * Math.sin(course) + eastMps
          const courseDeg = (Math.atan2(east, north) * DEG_PER_RAD + 360) % 360
          return { ...moved(fix, northM, eastM), speedMps: Math.hypot(north, east), courseDeg }
        },
      }
    },
  },
  imuStuck: {
    make(scene) {
      const { tMs: _tMs, ...stuck } = firstReading(scene)
      return { imu: (sample) => ({ ...sample, ...stuck }) }
    },
  },
  imuAxisStuck: {
    make(scene) {
      const axis = scene.lots.pick(axes)
      const value = firstReading(scene)[axis]
      return { imu: (sample) => ({ ...sample, [axis]: value }) }
    },
  },
  imuZero: { make: () => ({ imu: ({ tMs }) => ({ tMs, ax: 0, ay: 0, az: 0, gx: 0, gy: 0, gz: 0 }) }) },
  imuSaturated: {
    make({ lots }) {
      const axis = lots.pick(['ax', 'ay', 'az'] as const)
      const value = 16 * G_MPS2 * (lots.chance(0.5) ? 1 : -1)
      return { imu: (sample) => ({ ...sample, [axis]: value }) }
    },
  },
  imuBadNumber: {
    make({ lots }) {
      const axis = lots.pick(axes)
      return { imu: (sample) => ({ ...sample, [axis]: Number.NaN }) }
    },
  },
}
