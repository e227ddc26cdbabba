import { BatchError } from '../batch-error.ts'
import type { TelematicsEvent } from '../telematics.ts'
import type { Column } from './column.ts'
import { type TelematicsField, telematicsFields } from './telematics-fields.ts'

/** The integers of a telematics event in the order of `telematicsFields`. */
export type Quantized = (number | null)[]

/**
 * Rounds an event to the wire's resolution.
 *
 * What no sensor can mean (NaN, 400 m/s) becomes null, unknown: one lying sensor never costs a record.
 * @throws {BatchError} `out_of_range` for an impossible `at` or `quality`, which cannot be unknown.
 */
export function quantize(event: TelematicsEvent): Quantized {
  return telematicsFields.map((field) => {
    const value = event[field.name]
    const steps = value === null ? null : toSteps(field, value)
    if (steps === null && !field.nullable) throw outOfRange(event.seq, field, value)
    return steps
  })
}

/**
 * Gives the event that integers stand for.
 * @throws {BatchError} `out_of_range` for a value outside what its quantity can be.
 */
export function dequantize(seq: number, steps: Quantized): TelematicsEvent {
  const event: Record<string, number | null> = { seq }
  telematicsFields.forEach((field, i) => {
    const step = steps[i] ?? null
    const value = step === null ? null : step / field.scale
    if (value === null ? !field.nullable : !(value >= field.min && value <= field.max))
      throw outOfRange(seq, field, value)
    event[field.name] = value
  })
  return event as unknown as TelematicsEvent
}

/**
 * Checks whole columns, in the order of `telematicsFields`, as `dequantize` checks an event.
 * @throws {BatchError} `out_of_range` for a value outside what its quantity can be.
 */
export function checkColumns(firstSeq: number, columns: readonly Column[]): void {
  telematicsFields.forEach((field, place) => {
    const [min, max] = [field.min * field.scale, field.max * field.scale]
    columns[place]!.forEach((step, i) => {
      if (step === null ? !field.nullable : !(step >= min && step <= max))
        throw outOfRange(firstSeq + i, field, step === null ? null : step / field.scale)
    })
  })
}

function toSteps(field: TelematicsField, value: number): number | null {
  let steps = Math.round(value * field.scale)
  if (field.name === 'headingDeg') steps %= 360 * field.scale
  return steps >= field.min * field.scale && steps <= field.max * field.scale ? steps + 0 : null
}

function outOfRange(seq: number, field: TelematicsField, value: number | null): BatchError {
  return new BatchError(
    'out_of_range',
    `Record ${seq}: ${field.name} is ${value}, expected ${field.min} to ${field.max}`,
  )
}
