import type { OpenedColumns } from '@fairmile/contract/batch.ts'
import { type TelematicsField, telematicsFields } from '@fairmile/contract/columns/telematics-fields.ts'
import type { CopyIn } from '../db/copy.ts'

/** Telematics events of one device as they came: the wire's integers by column. */
export type TelematicsColumns = Pick<OpenedColumns, 'device' | 'boot' | 'firstSeq' | 'lastSeq' | 'columns'>

/** Signature, no flags, no extension (PostgreSQL, "COPY", binary format). */
const header = Buffer.from('PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0', 'latin1')
/** What a field that is null says its length is, and what ends the rows. */
const none = -1
/** Milliseconds from the Unix epoch to PostgreSQL's, 2000-01-01. */
const epochMs = 946_684_800_000

/** The table's columns behind the key, with the field that fills each, by type and in this order. */
const doubles = [
  ['lat', 'lat'],
  ['lon', 'lon'],
] as const
const floats = [
  ['alt_m', 'altM'],
  ['speed_mps', 'speedMps'],
  ['heading_deg', 'headingDeg'],
  ['hdop', 'hdop'],
  ['a_long_min', 'aLongMin'],
  ['a_long_max', 'aLongMax'],
  ['a_lat_min', 'aLatMin'],
  ['a_lat_max', 'aLatMax'],
  ['a_vert_rms', 'aVertRms'],
  ['yaw_rate_max', 'yawRateMax'],
  ['limit_kmh', 'limitKmh'],
  ['live_risk', 'liveRisk'],
] as const
const filled = [...doubles, ...floats, ['quality', 'quality']] as const satisfies readonly (readonly [
  string,
  TelematicsField['name'],
])[]

const target = {
  table: 'telematics_events',
  columns: ['device_id', 'boot_id', 'seq', 'at', ...filled.map(([column]) => column)],
}
const placeOf = (name: TelematicsField['name']) => telematicsFields.findIndex((field) => field.name === name)
const placed = ([, name]: (typeof filled)[number]) => ({
  place: placeOf(name),
  scale: telematicsFields[placeOf(name)]!.scale,
})
const atPlace = placeOf('at')
const qualityPlace = placeOf('quality')
const doublePlaces = doubles.map(placed)
const floatPlaces = floats.map(placed)
/** Bytes of a row without the device's id: the count of fields, a length for each, the key, and eight, four or two of each value. */
const rowBytes = 2 + 4 * target.columns.length + 3 * 8 + 8 * doubles.length + 4 * floats.length + 2

/** Adds telematics events, none of which may be there: a key that is makes the database refuse them all. */
export async function copyTelematics(copy: CopyIn, batches: readonly TelematicsColumns[]): Promise<void> {
  if (batches.length > 0) await copy(target, encodeRows(batches))
}

/** The rows in the binary format of COPY, in the order of the batches. */
function encodeRows(batches: readonly TelematicsColumns[]): Uint8Array {
  const ids = batches.map(({ device }) => Buffer.from(device))
  const rows = batches.reduce(
    (bytes, { firstSeq, lastSeq }, n) => bytes + (lastSeq - firstSeq + 1) * (rowBytes + ids[n]!.length),
    0,
  )
  const bytes = Buffer.allocUnsafe(header.length + rows + 2)
  header.copy(bytes)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let at = header.length
  batches.forEach((batch, n) => {
    at = encodeBatch(batch, ids[n]!, { bytes, view, at })
  })
  view.setInt16(at, none)
  return bytes.subarray(0, at + 2)
}

interface Sheet {
  readonly bytes: Buffer
  readonly view: DataView
  at: number
}

/** Writes the rows of a batch; gives where they end. */
function encodeBatch({ boot, firstSeq, lastSeq, columns }: TelematicsColumns, id: Buffer, sheet: Sheet): number {
  const { bytes, view } = sheet
  const times = columns[atPlace]!
  const qualities = columns[qualityPlace]!
  const ofDoubles = doublePlaces.map(({ place, scale }) => ({ column: columns[place]!, scale }))
  const ofFloats = floatPlaces.map(({ place, scale }) => ({ column: columns[place]!, scale }))
  let at = sheet.at
  for (let row = 0; row <= lastSeq - firstSeq; row++) {
    view.setInt16(at, target.columns.length)
    view.setInt32(at + 2, id.length)
    bytes.set(id, at + 6)
    at += 6 + id.length
    at = writeLong(view, at, boot)
    at = writeLong(view, at, firstSeq + row)
    at = writeLong(view, at, (times[row]! - epochMs) * 1000)
    for (const { column, scale } of ofDoubles) at = writeDouble(view, at, column[row]!, scale)
    for (const { column, scale } of ofFloats) at = writeFloat(view, at, column[row]!, scale)
    view.setInt32(at, 2)
    view.setInt16(at + 4, qualities[row]!)
    at += 6
  }
  return at
}

function writeDouble(view: DataView, at: number, step: number | null, scale: number): number {
  if (step === null) return writeNull(view, at)
  view.setInt32(at, 8)
  view.setFloat64(at + 4, step / scale)
  return at + 12
}

function writeFloat(view: DataView, at: number, step: number | null, scale: number): number {
  if (step === null) return writeNull(view, at)
  view.setInt32(at, 4)
  view.setFloat32(at + 4, step / scale)
  return at + 8
}

function writeNull(view: DataView, at: number): number {
  view.setInt32(at, none)
  return at + 4
}

/** An `int8` field of a number that is exact. */
function writeLong(view: DataView, at: number, value: number): number {
  view.setInt32(at, 8)
  view.setInt32(at + 4, Math.floor(value / 2 ** 32))
  view.setUint32(at + 8, value >>> 0)
  return at + 12
}
