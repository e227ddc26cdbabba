import { DefaultPacketFactory, type Packet } from 'nmea-simple'
import { parseDate, parseNumber, parsePosition, parseTimeOfDay } from './fields.ts'

/** What one supported NMEA sentence says; unknown is null. */
export interface Sentence {
  /** Talker and type, as `GPRMC`. */
  id: string
  type: NavigationType
  /** Milliseconds of the UTC day. */
  timeMs: number | null
  /** UTC epoch milliseconds of the day's start. */
  dateMs: number | null
  lat: number | null
  lon: number | null
  /** Decimals of the position's minutes: of two positions of an epoch the finer one is kept. */
  decimals: number
  altM: number | null
  speedMps: number | null
  courseDeg: number | null
  hdop: number | null
  satellites: number | null
  /** The receiver's own word on validity; null where the sentence has none. */
  valid: boolean | null
  /** Dimensions of the fix, from GSA. */
  mode: 1 | 2 | 3 | null
}

const types = ['RMC', 'GGA', 'GNS', 'GLL', 'VTG', 'GSA', 'GST', 'GSV', 'ZDA'] as const
export type NavigationType = (typeof types)[number]

/** Fields each type must have before nmea-simple may read it: receivers leave the last ones away. */
const fieldCount: Record<NavigationType, number> = {
  RMC: 13,
  GGA: 15,
  GNS: 13,
  GLL: 8,
  VTG: 10,
  GSA: 18,
  GST: 9,
  GSV: 4,
  ZDA: 7,
}

const MPS_PER_KNOT = 1852 / 3600
const MPS_PER_KMH = 1 / 3.6

/** Why a piece of a line is no sentence of ours. */
export type Refusal = 'garbage' | 'bad_checksum' | 'unsupported'

const factory = new DefaultPacketFactory()

/** XOR of all characters between `$` and `*` (IEC 61162-1, 7.2.4). */
const checksum = (body: string): number => {
  let sum = 0
  for (let i = 0; i < body.length; i++) sum ^= body.charCodeAt(i)
  return sum
}

const wholeMinutes = /^\d{3,5}$/
const framed = /^([^*]*)\*([0-9A-Fa-f]{2})/

/**
 * Reads the text after a `$`, up to the next one. The checksum is verified here, before nmea-simple sees the sentence;
 * nmea-simple's zeros and 1970s for blank fields never leave this file.
 */
export const parseSentence = (text: string): Sentence | Refusal => {
  const match = framed.exec(text)
  if (match === null) return 'garbage'
  const body = match[1] as string
  if (checksum(body) !== Number.parseInt(match[2] as string, 16)) return 'bad_checksum'
  const fields = body.split(',')
  const id = fields[0] as string
  const type = types.find((one) => id.length === 5 && id.endsWith(one))
  if (type === undefined || id.startsWith('P')) return 'unsupported'
  while (fields.length < fieldCount[type]) fields.push('')
  // nmea-simple takes whole minutes without a point for no position at all.
  for (let i = 1; i < 6; i++)
    if (wholeMinutes.test(fields[i] as string) && /^[NSEW]$/.test(fields[i + 1] as string)) fields[i] += '.'
  return read(id, type, fields)
}

const read = (id: string, type: NavigationType, fields: string[]): Sentence | Refusal => {
  const sentence: Sentence = {
    id,
    type,
    timeMs: null,
    dateMs: null,
    lat: null,
    lon: null,
    decimals: 0,
    altM: null,
    speedMps: null,
    courseDeg: null,
    hdop: null,
    satellites: null,
    valid: null,
    mode: null,
  }
  let packet: Packet | null
  try {
    packet = factory.assemble({ talkerId: id.slice(0, 2), sentenceId: type, chxOk: true }, [
      `$${id}`,
      ...fields.slice(1),
    ])
  } catch {
    return 'unsupported'
  }
  if (packet === null) return 'unsupported'
  fill(sentence, packet, fields)
  return sentence
}

/** nmea-simple's number where the field has one, null where it is blank or not a number. */
const known = (value: number, field: string | undefined): number | null =>
  parseNumber(field) === null || !Number.isFinite(value) ? null : value

const place = (sentence: Sentence, packet: { latitude: number; longitude: number }, fields: string[], at: number) => {
  const position = parsePosition(packet, fields, at)
  if (position === null) return
  sentence.lat = position.lat
  sentence.lon = position.lon
  sentence.decimals = position.decimals
}

/** Satellites that a position and a clock need. */
const satellitesForFix = 4

/**
 * Quality 0 beside a position of four satellites: some receivers (SiRF) print their first solution so, half a second
 * before they call it valid. gpsd takes it too.
 */
const solved = (sentence: Sentence): boolean => sentence.lat !== null && (sentence.satellites ?? 0) >= satellitesForFix

const fill = (sentence: Sentence, packet: Packet, fields: string[]): void => {
  switch (packet.sentenceId) {
    case 'RMC': {
      sentence.timeMs = parseTimeOfDay(fields[1])
      sentence.dateMs = parseDate(fields[9])
      place(sentence, packet, fields, 3)
      const knots = known(packet.speedKnots, fields[7])
      sentence.speedMps = knots === null ? null : knots * MPS_PER_KNOT
      sentence.courseDeg = known(packet.trackTrue, fields[8])
      sentence.valid = packet.status === 'valid' && packet.faaMode !== 'N'
      break
    }
    case 'GGA':
      sentence.timeMs = parseTimeOfDay(fields[1])
      place(sentence, packet, fields, 2)
      sentence.satellites = known(packet.satellitesInView, fields[7])
      sentence.valid = fields[6] === '' ? null : (parseNumber(fields[6]) ?? 0) > 0 || solved(sentence)
      sentence.hdop = known(packet.horizontalDilution, fields[8])
      sentence.altM = known(packet.altitudeMeters, fields[9])
      break
    case 'GNS':
      sentence.timeMs = parseTimeOfDay(fields[1])
      place(sentence, packet, fields, 2)
      sentence.valid = /[^N]/.test(fields[6] ?? '')
      sentence.satellites = known(packet.satellitesInView, fields[7])
      sentence.hdop = known(packet.horizontalDilution, fields[8])
      sentence.altM = known(packet.altitudeMeters, fields[9])
      break
    case 'GLL':
      place(sentence, packet, fields, 1)
      sentence.timeMs = parseTimeOfDay(fields[5])
      sentence.valid = fields[6] === '' ? null : packet.status === 'valid' && packet.faaMode !== 'N'
      break
    case 'VTG': {
      const knots = known(packet.speedKnots, fields[5])
      const kmh = known(packet.speedKmph ?? Number.NaN, fields[7])
      sentence.speedMps = knots !== null ? knots * MPS_PER_KNOT : kmh !== null ? kmh * MPS_PER_KMH : null
      sentence.courseDeg = known(packet.trackTrue, fields[1])
      break
    }
    case 'GSA': {
      const mode = parseNumber(fields[2])
      sentence.mode = mode === 1 || mode === 2 || mode === 3 ? mode : null
      sentence.hdop = known(packet.HDOP, fields[16])
      break
    }
    case 'ZDA':
      sentence.timeMs = parseTimeOfDay(fields[1])
      sentence.dateMs = parseDate(`${fields[2]}${fields[3]}${fields[4]}`)
      break
    case 'GST':
      sentence.timeMs = parseTimeOfDay(fields[1])
      break
  }
}
