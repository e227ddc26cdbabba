import type { Fix } from '../sensors.ts'
import type { Sentence } from './sentence.ts'

/** The sentences of one time, as far as they have come. */
export interface Epoch {
  /** Agent's monotonic clock when its first sentence began, milliseconds. */
  tMs: number
  /** Milliseconds of the UTC day. */
  timeMs: number | null
  /** UTC epoch milliseconds of the day's start. */
  dateMs: number | null
  lat: number | null
  lon: number | null
  fineness: number
  /** RMC's word on validity, which goes before the others'; null where none came. */
  status: boolean | null
  /** Whether any other sentence says that it is valid. */
  valid: boolean
  altM: number | null
  speedMps: number | null
  courseDeg: number | null
  hdop: number | null
  satellites: number | null
  mode: 1 | 2 | 3 | null
  /** What has come, by talker and type. */
  ids: string[]
  /** What came ahead of its position without a time of its own: it fills what nothing else tells. */
  ahead: readonly Sentence[]
}

export const createEpoch = (tMs: number, timeMs: number | null, ahead: readonly Sentence[]): Epoch => ({
  tMs,
  timeMs,
  dateMs: null,
  lat: null,
  lon: null,
  fineness: -1,
  status: null,
  valid: false,
  altM: null,
  speedMps: null,
  courseDeg: null,
  hdop: null,
  satellites: null,
  mode: null,
  ids: [],
  ahead,
})

/**
 * Which of an epoch's positions is kept: the one with most decimals, then by type. Where sentences of one time
 * disagree, RMC was seen to repeat the position of the second before, and GLL to be the newest.
 */
const freshness: Partial<Record<Sentence['type'], number>> = { RMC: 0, GNS: 1, GGA: 2, GLL: 3 }
const fineness = (sentence: Sentence): number => sentence.decimals * 4 + (freshness[sentence.type] ?? 0)

/** Adds what a sentence of the epoch's time says, whatever came before it. */
export const merge = (epoch: Epoch, sentence: Sentence): void => {
  const { type, valid } = sentence
  if (!epoch.ids.includes(sentence.id)) epoch.ids.push(sentence.id)
  if (type === 'VTG' || type === 'GSA') {
    fill(epoch, sentence)
    return
  }
  if (sentence.dateMs !== null && epoch.dateMs === null) {
    epoch.dateMs = sentence.dateMs
    epoch.timeMs = sentence.timeMs
  } else epoch.timeMs ??= sentence.timeMs
  if (type === 'RMC') epoch.status = epoch.status === true || valid === true
  else if (valid === true) epoch.valid = true
  epoch.satellites ??= sentence.satellites
  // The other than RMC says it as it is: GSA's are filled in below.
  epoch.hdop = sentence.hdop ?? epoch.hdop
  if (valid === false) return
  if (sentence.lat !== null && fineness(sentence) >= epoch.fineness) {
    epoch.lat = sentence.lat
    epoch.lon = sentence.lon
    epoch.fineness = fineness(sentence)
  }
  epoch.altM ??= sentence.altM
  epoch.speedMps = sentence.speedMps ?? epoch.speedMps
  epoch.courseDeg = sentence.courseDeg ?? epoch.courseDeg
}

/** Adds what a sentence without a time says, where RMC or GGA do not. */
const fill = (epoch: Epoch, sentence: Sentence): void => {
  epoch.speedMps ??= sentence.speedMps
  epoch.courseDeg ??= sentence.courseDeg
  epoch.hdop ??= sentence.hdop
  // One GSA a constellation, of which some may take no part.
  if (sentence.mode !== null && (epoch.mode === null || sentence.mode > epoch.mode)) epoch.mode = sentence.mode
}

/** Satellites that a position, an altitude and a clock need. */
const satellitesForAltitude = 4

/** The fix that an epoch makes; without a valid position it has none, nor what hangs on it. */
export const toFix = (epoch: Epoch, utcMs: number | null): Fix => {
  const { ids, ahead } = epoch
  for (const sentence of ahead) if (!ids.some((id) => id.endsWith(sentence.type))) fill(epoch, sentence)
  const positioned = (epoch.status ?? epoch.valid) && epoch.lat !== null
  const is3d = epoch.altM !== null && (epoch.satellites ?? satellitesForAltitude) >= satellitesForAltitude
  const dimensions = epoch.mode === 2 || epoch.mode === 3 ? epoch.mode : is3d ? 3 : 2
  return {
    tMs: epoch.tMs,
    utcMs,
    lat: positioned ? epoch.lat : null,
    lon: positioned ? epoch.lon : null,
    altM: positioned ? epoch.altM : null,
    speedMps: positioned ? epoch.speedMps : null,
    courseDeg: positioned ? epoch.courseDeg : null,
    hdop: epoch.hdop,
    satellites: epoch.satellites,
    mode: positioned ? dimensions : 1,
  }
}
