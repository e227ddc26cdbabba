import { asBefore, type Column, type Predict } from './column.ts'
import type { TelematicsField } from './telematics-fields.ts'

/** Telematics events are a second apart. */
const stepMs = 1000

/** How a field is guessed, from its own past and from the columns that travel before it. */
export function predictor(name: TelematicsField['name'], _before: ReadonlyMap<string, Column>): Predict {
  if (name === 'at') return (own, i) => (i === 0 ? 0 : (own[i - 1] ?? 0) + stepMs)
  return asBefore
}
