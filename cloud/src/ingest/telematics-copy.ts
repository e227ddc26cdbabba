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

/** The table's columns behind the key, with the field that fills each and its type. */
const filled = [
  ['lat', 'lat', 'float8'],
  ['lon', 'lon', 'float8'],
  ['alt_m', 'altM', 'float4'],
  ['speed_mps', 'speedMps', 'float4'],
  ['heading_deg', 'headingDeg', 'float4'],
  ['hdop', 'hdop', 'float4'],
  ['a_long_min', 'aLongMin', 'float4'],
  ['a_long_max', 'aLongMax', 'float4'],
  ['a_lat_min', 'aLatMin', 'float4'],
  ['a_lat_max', 'aLatMax', 'float4'],
  ['a_vert_rms', 'aVertRms', 'float4'],
  ['yaw_rate_max', 'yawRateMax', 'float4'],
  ['limit_kmh', 'limitKmh', 'float4'],
  ['live_risk', 'liveRisk', 'float4'],
  ['quality', 'quality', 'int2'],
] as const satisfies readonly (readonly [string, TelematicsField['name'], 'float8' | 'float4' | 'int2'])[]

const sizes = { float8: 8, float4: 4, int2: 2 } as const
const target = {
  table: 'telematics_events',
  columns: ['device_id', 'boot_id', 'seq', 'at', ...filled.map(([column]) => column)],
}
const placeOf = (name: TelematicsField['name']) => telematicsFields.findIndex((field) => field.name === name)
const atPlace = placeOf('at')
const fields = filled.map(([, name, type]) => {
  const place = placeOf(name)
  return { place, type, scale: telematicsFields[place]!.scale }
})
/** Bytes of a row without the device's id: the count of fields, a length for each, the key and the rest. */
const rowBytes = 2 + 4 * target.columns.length + 3 * 8 + fields.reduce((sum, { type }) => sum + sizes[type], 0)

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
  let at = sheet.at
  for (let row = 0; row <= lastSeq - firstSeq; row++) {
    view.setInt16(at, target.columns.length)
    view.setInt32(at + 2, id.length)
    bytes.set(id, at + 6)
    at += 6 + id.length
    at = writeLong(view, at, boot)
    at = writeLong(view, at, firstSeq + row)
    at = writeLong(view, at, (times[row]! - epochMs) * 1000)
    for (let f = 0; f < fields.length; f++) {
      const { place, type, scale } = fields[f]!
      const step = columns[place]![row]!
      view.setInt32(at, step === null ? none : sizes[type])
      at += 4
      if (step === null) continue
      if (type === 'float4') view.setFloat32(at, step / scale)
      else if (type === 'float8') view.setFloat64(at, step / scale)
      else view.setInt16(at, step)
      at += sizes[type]
    }
  }
  return at
}

/** An `int8` field of a number that is exact. */
function writeLong(view: DataView, at: number, value: number): number {
  view.setInt32(at, 8)
  view.setInt32(at + 4, Math.floor(value / 2 ** 32))
  view.setUint32(at + 8, value >>> 0)
  return at + 12
}
