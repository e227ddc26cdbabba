import { BatchError } from '../batch-error.ts'
import type { RawChunk } from '../raw-chunk.ts'

/** Rows of one record: 30 s at 100 Hz, and 52 KB where nothing can be compressed, which a batch has room for. */
export const maxCrashRows = 3250

/** Readings as their Avro record holds them: planes of bytes, which are written in an instant and which Zstandard makes short. */
export interface PackedReadings {
  rows: number
  planes: Uint8Array
}

/** Steps a unit: 0.1 ms, 0.005 m/s² (±16 g and a little), 0.001 rad/s (±1,870 °/s). */
const scales = { offsetMs: 10, ax: 200, ay: 200, az: 200, gx: 1000, gy: 1000, gz: 1000 } as const
type Name = keyof typeof scales
const names = Object.keys(scales) as Name[]
/** Bytes of a step: a time may lie ten minutes behind the first, the others have 16 bits. */
const bytesOf = (name: Name): number => (name === 'offsetMs' ? 4 : 2)
const rowBytes = names.reduce((sum, name) => sum + bytesOf(name), 0)
/** Stands for unknown, where that can be; as a value it is beyond every range. */
const unknown = -32_768
const most = 32_767
const latestMs = 600_000

/** Packs readings: of each column the differences from row to row, their lowest bytes first, then the next. @throws {BatchError} `out_of_range` */
export function packReadings(imu: RawChunk['imu']): PackedReadings {
  const rows = imu.offsetMs.length
  if (rows > maxCrashRows) throw outOfRange(`${rows} readings, at most ${maxCrashRows}`)
  const planes = Buffer.alloc(rows * rowBytes)
  let at = 0
  for (const name of names) {
    const values: readonly (number | null)[] = imu[name]
    if (values.length !== rows) throw outOfRange(`${values.length} values of ${name} for ${rows} readings`)
    const bytes = bytesOf(name)
    let before = 0
    for (let row = 0; row < rows; row++) {
      const step = name === 'offsetMs' ? timeStep(values[row]!) : stepOf(name, values[row]!)
      const change = (step - before) | 0
      before = step
      for (let byte = 0; byte < bytes; byte++) planes[at + byte * rows + row] = change >> (8 * byte)
    }
    at += bytes * rows
  }
  return { rows, planes }
}

/** Unpacks readings. @throws {BatchError} `out_of_range` for bytes that are no such readings */
export function unpackReadings({ rows, planes }: PackedReadings): RawChunk['imu'] {
  if (rows < 0 || rows > maxCrashRows || planes.length !== rows * rowBytes)
    throw outOfRange(`${planes.length} bytes for ${rows} readings, at most ${maxCrashRows}`)
  let at = 0
  const columns = names.map((name) => {
    const bytes = bytesOf(name)
    const values: (number | null)[] = new Array(rows)
    let step = 0
    for (let row = 0; row < rows; row++) {
      let change = 0
      for (let byte = 0; byte < bytes; byte++) change |= planes[at + byte * rows + row]! << (8 * byte)
      step = bytes === 4 ? (step + change) | 0 : ((step + change) << 16) >> 16
      values[row] = valueAt(name, step)
    }
    at += bytes * rows
    return [name, values]
  })
  return Object.fromEntries(columns) as RawChunk['imu']
}

function timeStep(ms: number): number {
  if (!(ms >= 0 && ms <= latestMs)) throw outOfRange(`a reading at ${ms} ms`)
  return Math.round(ms * scales.offsetMs)
}

/** A force beyond the range is the range's end: that it was at its limit is what counts. */
function stepOf(name: Name, value: number | null): number {
  if (value !== null && !Number.isNaN(value)) return Math.max(-most, Math.min(most, Math.round(value * scales[name])))
  if (name.startsWith('g')) return unknown
  throw outOfRange(`${name} is ${value}`)
}

function valueAt(name: Name, step: number): number | null {
  if (name === 'offsetMs' && (step < 0 || step > latestMs * scales.offsetMs))
    throw outOfRange(`a reading at step ${step}`)
  if (name === 'offsetMs' || step !== unknown) return step / scales[name]
  if (name.startsWith('g')) return null
  throw outOfRange(`${name} is unknown`)
}

const outOfRange = (what: string): BatchError => new BatchError('out_of_range', `A crash has ${what}`)
