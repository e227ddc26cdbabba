import type { WhatIfBody } from '@fairmile/contract/http/what-if.ts'
import type { ReceiptTrip } from '@fairmile/contract/receipt.ts'
import { type ChangedFeature, changeRow, ImpossibleChange } from '@fairmile/models/explain/what-if-changes.ts'
import { type CountedEvent, withoutEvents } from '@fairmile/models/explain/without-events.ts'
import { judge, type PricingModel } from '@fairmile/models/pricing/receipt.ts'
import { ProblemError } from '../http/problem.ts'

/** What is to be otherwise: features, and events that are left out. */
export interface AskedChange {
  readonly changes: WhatIfBody['changes']
  readonly events: readonly CountedEvent[]
}

/** Trips as they are and as they would be, as rows of the model's features. */
export interface Rows {
  before: Float32Array
  after: Float32Array
  changed: ChangedFeature[]
  tripsAfter: ReceiptTrip[]
}

/**
 * The rows of trips before and after a change.
 *
 * @param options.stored the row as it is where it is known. @default worked out of the trips
 * @throws ProblemError `validation` for a change that cannot be
 */
export function changedRows(
  trips: readonly ReceiptTrip[],
  { changes, events }: AskedChange,
  { model, stored }: { model: PricingModel; stored?: Float32Array | undefined },
): Rows {
  const ids = new Set(trips.map(({ id }) => id))
  const left = events.filter(({ tripId }) => ids.has(tripId))
  const tripsAfter = refusing('withoutEvents', () => withoutEvents(trips, left))
  const row = (of: readonly ReceiptTrip[]): Float32Array =>
    Float32Array.from(judge(of, model).features, ({ value }) => value ?? Number.NaN)
  const before = stored ?? row(trips)
  const without = left.length > 0 ? row(tripsAfter) : before
  const { row: after, changed } = refusing('changes', () => changeRow(model.manifest.features, without, changes))
  return { before, after, changed, tripsAfter }
}

/** Tells the caller why their question cannot be answered. */
function refusing<T>(field: keyof WhatIfBody, work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    const problems = error instanceof ImpossibleChange ? error.problems : [error.message]
    throw new ProblemError('validation', error.message, {
      errors: problems.map((message) => ({ path: `json.${field}`, message })),
    })
  }
}
