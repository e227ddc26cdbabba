import type { EventTrace } from '../driving-event.ts'
import { asBefore, type Column, packColumn, unpackColumn } from './column.ts'

/** Integer steps a unit of each column of a trace: 1 ms, 0.01 m/s, 0.001 m/s², 1e-7°. */
const scales = { offsetMs: 1, speedMps: 100, aLong: 1000, aLat: 1000, lat: 1e7, lon: 1e7 } as const
type TraceColumn = keyof typeof scales
const names = Object.keys(scales) as TraceColumn[]

/** Points that a trace may have: ±10 s at 10 Hz, and ten times as much room. */
export const maxTracePoints = 2000

/** A trace as its Avro record holds it. */
export type PackedTrace = { points: number } & Record<TraceColumn, Uint8Array>

/** Packs a trace at the resolution of `scales`; NaN becomes null. */
export function packTrace(trace: EventTrace): PackedTrace {
  const points = trace.offsetMs.length
  if (points > maxTracePoints) throw new RangeError(`Packing a trace: ${points} points, at most ${maxTracePoints}`)
  const columns = names.map((name) => {
    if (trace[name].length !== points)
      throw new RangeError(`Packing a trace: ${trace[name].length} values of ${name} for ${points} points`)
    const column: Column = trace[name].map((value) =>
      value === null || !Number.isFinite(value) ? null : Math.round(value * scales[name]) + 0,
    )
    return [name, packColumn(column, asBefore)]
  })
  return { points, ...Object.fromEntries(columns) } as PackedTrace
}

/** Unpacks a trace. @throws {RangeError} for too many points or columns that do not fit. */
export function unpackTrace(packed: PackedTrace): EventTrace {
  if (packed.points < 0 || packed.points > maxTracePoints)
    throw new RangeError(`a trace of ${packed.points} points, at most ${maxTracePoints}`)
  const columns = names.map((name) => {
    const column = unpackColumn(packed[name], packed.points, asBefore)
    if (name === 'offsetMs' && column.includes(null)) throw new RangeError('a trace without times')
    return [name, column.map((value) => (value === null ? null : value / scales[name]))]
  })
  return Object.fromEntries(columns) as unknown as EventTrace
}
