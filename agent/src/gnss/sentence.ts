import { DefaultPacketFactory, type Packet } from 'nmea-simple'
import { dayStart, isNumber, parseDate, parseNumber, parseTimeOfDay } from './fields.ts'
import { createPositionReader } from './position.ts'
import { type FieldEnds, fieldAt } from './split-sentences.ts'

/** Types that say where, when and how well: they carry a position, or belong to one. */
export type NavigationType = 'RMC' | 'GGA' | 'GNS' | 'GLL' | 'VTG' | 'GSA' | 'ZDA'

/** What one supported NMEA sentence says; unknown is null. */
export interface Sentence {
  type: NavigationType
  /** Talker and type, as `GPRMC`. */
  id: string
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

/** How many fields nmea-simple reads of a type, and which of them are asked for; it gets the others blank. */
const shapes: Record<NavigationType, { count: number; asked: readonly number[] }> = {
  RMC: { count: 13, asked: [2, 3, 4, 5, 6, 7, 8, 12] },
  GGA: { count: 15, asked: [2, 3, 4, 5, 6, 7, 8, 9] },
  GNS: { count: 13, asked: [2, 3, 4, 5, 6, 7, 8, 9] },
  GLL: { count: 8, asked: [1, 2, 3, 4, 6, 7] },
  VTG: { count: 10, asked: [1, 5, 7, 9] },
  GSA: { count: 18, asked: [2, 16] },
  ZDA: { count: 7, asked: [] },
}
/**
 * Where a type's time of day is, 0 for none. nmea-simple never sees it: it would make a date of it, of today for want of
 * another, and that takes longer than all the rest of a sentence.
 */
const timeAt: Record<NavigationType, number> = { RMC: 1, GGA: 1, GNS: 1, GLL: 5, VTG: 0, GSA: 0, ZDA: 1 }
/** Where a type's position begins, 0 for none. */
const placeAt: Record<NavigationType, number> = { RMC: 3, GGA: 2, GNS: 2, GLL: 1, VTG: 0, GSA: 0, ZDA: 0 }

const navigation = Object.keys(shapes) as NavigationType[]
/** Known and passed over: satellites in view, errors expected, and words for people; nothing in them makes a fix. */
const passedOver = ['GSV', 'GST', 'GBS', 'GRS', 'TXT', 'DTM'] as const

const codeAt = (text: string, at: number): number =>
  (text.charCodeAt(at) << 16) | (text.charCodeAt(at + 1) << 8) | text.charCodeAt(at + 2)
/** Types by the code of their letters, so that a sentence is told apart before it is taken apart. */
const typesByCode = new Map<number, NavigationType | 'passed'>([
  ...navigation.map((type) => [codeAt(type, 0), type] as const),
  ...passedOver.map((type) => [codeAt(type, 0), 'passed'] as const),
])

const proprietary = 0x50
const idLength = 5

const MPS_PER_KNOT = 1852 / 3600
const MPS_PER_KMH = 1 / 3.6

/** No receiver prints more for what it knows; 99.99 and 0 stand for unknown (u-blox, SkyTraq). */
const maxHdop = 90
/** Beyond these a number is garbage, whatever its checksum says: ten times what any receiver may tell (18 km and 515 m/s, export rules). */
const maxAltM = 180_000
const maxSpeedMps = 5150
/** More than fly of all constellations together. */
const maxSatellites = 200

/** Fewer make no position, whatever the sentence says of its quality; gpsd has it so too. */
const minSatellites = 3

const factory = new DefaultPacketFactory()

/** nmea-simple's number where the field has one of at most `max`, null where it is blank, not a number or beyond. */
const known = (value: number, field: string | undefined, max = Number.MAX_VALUE): number | null =>
  isNumber(field) && Math.abs(value) <= max ? value : null

const speed = (value: number, field: string | undefined, mpsPerUnit: number): number | null => {
  const mps = known(value * mpsPerUnit, field, maxSpeedMps)
  return mps !== null && mps >= 0 ? mps : null
}

const course = (value: number, field: string | undefined): number | null => {
  const degrees = known(value, field, 360)
  return degrees !== null && degrees >= 0 ? degrees % 360 : null
}

const dilution = (value: number, field: string | undefined): number | null => {
  const hdop = known(value, field, maxHdop)
  return hdop !== null && hdop > 0 && hdop < maxHdop ? hdop : null
}

const satellites = (value: number, field: string | undefined): number | null => {
  const count = known(value, field, maxSatellites)
  return count !== null && count >= 0 ? count : null
}

/** Adds what nmea-simple decoded of the fields that are really there. */
const fill = (sentence: Sentence, packet: Packet, fields: readonly string[]): void => {
  switch (packet.sentenceId) {
    case 'RMC':
      sentence.speedMps = speed(packet.speedKnots, fields[7], MPS_PER_KNOT)
      sentence.courseDeg = course(packet.trackTrue, fields[8])
      sentence.valid = packet.status === 'valid' && packet.faaMode !== 'N'
      break
    case 'GGA':
    case 'GNS':
      if (packet.sentenceId === 'GNS') sentence.valid = /[^N]/.test(fields[6] as string)
      else sentence.valid = fields[6] === '' ? null : (parseNumber(fields[6]) ?? 0) > 0
      sentence.satellites = satellites(packet.satellitesInView, fields[7])
      if (sentence.satellites !== null && sentence.satellites < minSatellites) sentence.valid = false
      sentence.hdop = dilution(packet.horizontalDilution, fields[8])
      sentence.altM = known(packet.altitudeMeters, fields[9], maxAltM)
      break
    case 'GLL':
      sentence.valid = fields[6] === '' ? null : packet.status === 'valid' && packet.faaMode !== 'N'
      break
    case 'VTG':
      if (fields[9] === 'N') break
      sentence.speedMps =
        speed(packet.speedKnots, fields[5], MPS_PER_KNOT) ??
        speed(packet.speedKmph ?? Number.NaN, fields[7], MPS_PER_KMH)
      sentence.courseDeg = course(packet.trackTrue, fields[1])
      break
    case 'GSA': {
      const mode = parseNumber(fields[2])
      sentence.mode = mode === 1 || mode === 2 || mode === 3 ? mode : null
      sentence.hdop = dilution(packet.HDOP, fields[16])
      break
    }
  }
}

/** The day of an RMC (`ddmmyy`) or of a ZDA (day, month and a year of four digits). */
const dateOf = (type: NavigationType, line: string, ends: FieldEnds): number | null => {
  if (type === 'RMC') return parseDate(fieldAt(line, ends, 9))
  if (type !== 'ZDA') return null
  const [day, month, year] = [2, 3, 4].map((n) => fieldAt(line, ends, n)) as [string, string, string]
  return year.length === 4 ? dayStart(parseNumber(year) ?? 0, parseNumber(month) ?? 0, parseNumber(day) ?? 0) : null
}

/** Reads sentences whose checksum is right. nmea-simple's zeros and 1970s for blank fields never leave this file. */
export const createSentenceReader = () => {
  const positions = createPositionReader()
  /** What nmea-simple reads from, used again for each sentence of a type. */
  const fieldsOf = Object.fromEntries(
    navigation.map((type) => [type, new Array<string>(shapes[type].count).fill('')]),
  ) as Record<NavigationType, string[]>

  const assemble = (type: NavigationType, fields: string[]): Packet | null => {
    try {
      return factory.assemble({ talkerId: '', sentenceId: type, chxOk: true }, fields)
    } catch {
      return null
    }
  }

  const read = (type: NavigationType, line: string, ends: FieldEnds): Sentence | 'unsupported' => {
    const fields = fieldsOf[type]
    for (const n of shapes[type].asked) fields[n] = fieldAt(line, ends, n)
    const placed = placeAt[type]
    const again = placed > 0 && positions.prepare(fields, placed)
    const packet = assemble(type, fields)
    if (packet === null) return 'unsupported'
    const position = 'latitude' in packet ? positions.read(packet, fields, placed, again) : null
    const sentence: Sentence = {
      type,
      id: fieldAt(line, ends, 0),
      timeMs: timeAt[type] === 0 ? null : parseTimeOfDay(fieldAt(line, ends, timeAt[type])),
      dateMs: dateOf(type, line, ends),
      lat: position === null ? null : position.lat,
      lon: position === null ? null : position.lon,
      decimals: position === null ? 0 : position.decimals,
      altM: null,
      speedMps: null,
      courseDeg: null,
      hdop: null,
      satellites: null,
      valid: null,
      mode: null,
    }
    fill(sentence, packet, fields)
    return sentence
  }

  /** Answers `passed` for types that say nothing of a fix, `unsupported` for others and for what cannot be read. */
  return (line: string, ends: FieldEnds): Sentence | 'passed' | 'unsupported' => {
    const start = (ends.ends[0] as number) + 1
    if (ends.ends[1] !== start + idLength || line.charCodeAt(start) === proprietary) return 'unsupported'
    const type = typesByCode.get(codeAt(line, start + 2))
    if (type === undefined) return 'unsupported'
    return type === 'passed' ? type : read(type, line, ends)
  }
}
