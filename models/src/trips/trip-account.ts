import { quality } from '@fairmile/contract/telematics.ts'
import { accelerationBinsG, type EventCount, speedBinsKmh } from '@fairmile/contract/trip.ts'
import { EARTH_RADIUS_M, G_MPS2, KMH_PER_MPS } from '@fairmile/contract/units.ts'
import { addTo } from './shares.ts'
import { tripRules } from './trip.ts'
import { inOrderOnce, stepS, type TripSecond } from './trip-seconds.ts'

/** A stop is a standstill of at least this long, seconds, as in the car. */
const stopS = 2

/**
 * What the cloud makes of a trip from its telematics events alone, one a second. It is for people and for reconciliation: features and price
 * rest on the car's statistics, which saw ten times as much.
 */
export interface TripAccount {
  /** Seconds that are stored, those that the trip's sequence numbers promise, and the share; null where they promise none. */
  seconds: number
  expectedSeconds: number
  completeness: number | null
  /** ∫v dt over steps of at most two seconds, standstill excluded, and the straight lines over what is missing. Metres. */
  distanceM: number
  bridgedM: number
  durationS: number
  movingS: number
  idleS: number
  stops: number
  speedMaxMps: number
  /** ∫v dt and ∫v² dt over the moving time, and seconds moving by `speedBinsKmh`. */
  speedSum: number
  speedSquareSum: number
  speedHistS: number[]
  /** Moving seconds with accelerations known. */
  imuS: number
  /** Mean over these seconds of the largest braking, acceleration and sideways acceleration in each, and the largest of all, m/s². */
  brakingMeanMps2: number | null
  accelerationMeanMps2: number | null
  corneringMeanMps2: number | null
  brakingPeakMps2: number | null
  accelerationPeakMps2: number | null
  corneringPeakMps2: number | null
  /** Seconds by `accelerationBinsG` of the value of the largest magnitude in each. */
  aLongPeakHistS: number[]
  aLatPeakHistS: number[]
  /** Moving seconds with a posted limit, and above it. */
  limitKnownS: number
  overLimitS: number
  /** Driving events that are stored for the trip. */
  events: EventCount[]
}

/** What is known of a trip beside its seconds. */
interface TripFrame {
  /** Sequence numbers of its own boot; 0 and 0 where none is of it. */
  readonly bootId: number
  readonly firstSeq: number
  readonly lastSeq: number
  readonly events: readonly EventCount[]
}

/** Adds up a trip's seconds, in any order and however often each came: the same seconds give the same account, to the bit. */
export function tripAccount(
  given: readonly TripSecond[],
  { bootId, firstSeq, lastSeq, events }: TripFrame,
): TripAccount {
  const seconds = inOrderOnce(given)
  const expectedSeconds = firstSeq > 0 ? lastSeq - firstSeq + 1 : 0
  const own = seconds.filter((second) => second.bootId === bootId && second.seq >= firstSeq && second.seq <= lastSeq)
  const account = emptyAccount()
  const felt = { braking: 0, acceleration: 0, cornering: 0 }
  let standingS = 0
  for (const [index, second] of seconds.entries()) {
    const before = seconds[index - 1]
    if (!before || isImplausible(second)) continue
    const step = stepS(before, second)
    if (step === null) {
      account.bridgedM += straightM(before, second)
      continue
    }
    const { speedMps } = second
    if (speedMps !== null && speedMps < tripRules.standingMps) {
      standingS += step
      continue
    }
    if (standingS > 0) {
      account.idleS += standingS
      if (standingS >= stopS) account.stops += 1
      standingS = 0
    }
    account.movingS += step
    addSpeed(account, before, second, step)
    addAccelerations(account, felt, second, step)
  }
  // A trip ends with its last motion: the standstill behind it is none of it.
  account.durationS = account.movingS + account.idleS
  const { imuS } = account
  const meanOf = (sum: number): number | null => (imuS > 0 ? sum / imuS : null)
  return {
    ...account,
    brakingMeanMps2: meanOf(felt.braking),
    accelerationMeanMps2: meanOf(felt.acceleration),
    corneringMeanMps2: meanOf(felt.cornering),
    seconds: seconds.length,
    expectedSeconds,
    completeness: expectedSeconds > 0 ? own.length / expectedSeconds : null,
    events: [...events],
  }
}

function addSpeed(account: TripAccount, before: TripSecond, { speedMps, limitKmh }: TripSecond, step: number): void {
  if (speedMps === null) return
  const mean = before.speedMps === null || isImplausible(before) ? speedMps : (speedMps + before.speedMps) / 2
  account.distanceM += mean * step
  account.speedSum += mean * step
  account.speedSquareSum += mean * mean * step
  account.speedMaxMps = Math.max(account.speedMaxMps, speedMps)
  addTo(account.speedHistS, speedBinsKmh, speedMps * KMH_PER_MPS, step)
  if (limitKmh === null) return
  account.limitKnownS += step
  if (speedMps * KMH_PER_MPS > limitKmh) account.overLimitS += step
}

function addAccelerations(
  account: TripAccount,
  felt: { braking: number; acceleration: number; cornering: number },
  { aLongMin, aLongMax, aLatMin, aLatMax, quality: bits }: TripSecond,
  step: number,
): void {
  if ((bits & (quality.noImu | quality.uncalibrated)) !== 0) return
  if (aLongMin === null || aLongMax === null || aLatMin === null || aLatMax === null) return
  const braking = Math.max(0, -aLongMin)
  const acceleration = Math.max(0, aLongMax)
  const cornering = Math.max(Math.abs(aLatMin), Math.abs(aLatMax))
  account.imuS += step
  felt.braking += braking * step
  felt.acceleration += acceleration * step
  felt.cornering += cornering * step
  account.brakingPeakMps2 = Math.max(account.brakingPeakMps2 ?? 0, braking)
  account.accelerationPeakMps2 = Math.max(account.accelerationPeakMps2 ?? 0, acceleration)
  account.corneringPeakMps2 = Math.max(account.corneringPeakMps2 ?? 0, cornering)
  addTo(account.aLongPeakHistS, accelerationBinsG, largest(aLongMin, aLongMax) / G_MPS2, step)
  addTo(account.aLatPeakHistS, accelerationBinsG, largest(aLatMin, aLatMax) / G_MPS2, step)
}

const largest = (min: number, max: number): number => (max >= -min ? max : min)

const isImplausible = ({ quality: bits }: TripSecond): boolean => (bits & quality.implausible) !== 0

/** Metres of the straight line between two seconds of one boot between which some are missing (haversine); nothing where a position is. */
function straightM(a: TripSecond, b: TripSecond): number {
  if (a.bootId !== b.bootId || a.lat === null || a.lon === null || b.lat === null || b.lon === null) return 0
  const rad = Math.PI / 180
  const dLat = Math.sin(((b.lat - a.lat) * rad) / 2)
  const dLon = Math.sin(((b.lon - a.lon) * rad) / 2)
  const h = dLat * dLat + Math.cos(a.lat * rad) * Math.cos(b.lat * rad) * dLon * dLon
  return 2 * EARTH_RADIUS_M * Math.asin(Math.min(1, Math.sqrt(h)))
}

function emptyAccount(): TripAccount {
  const zeros = (length: number): number[] => new Array<number>(length).fill(0)
  return {
    seconds: 0,
    expectedSeconds: 0,
    completeness: null,
    distanceM: 0,
    bridgedM: 0,
    durationS: 0,
    movingS: 0,
    idleS: 0,
    stops: 0,
    speedMaxMps: 0,
    speedSum: 0,
    speedSquareSum: 0,
    speedHistS: zeros(speedBinsKmh.length + 1),
    imuS: 0,
    brakingMeanMps2: null,
    accelerationMeanMps2: null,
    corneringMeanMps2: null,
    brakingPeakMps2: null,
    accelerationPeakMps2: null,
    corneringPeakMps2: null,
    aLongPeakHistS: zeros(accelerationBinsG.length + 1),
    aLatPeakHistS: zeros(accelerationBinsG.length + 1),
    limitKnownS: 0,
    overLimitS: 0,
    events: [],
  }
}
