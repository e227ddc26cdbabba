import type { WhatIfBody } from '@fairmile/contract/http/what-if.ts'
import type { ReceiptTrip } from '@fairmile/contract/receipt.ts'
import { type ChangedFeature, changeRow, ImpossibleChange } from '@fairmile/models/explain/what-if-changes.ts'
import { changesInTerm } from '@fairmile/models/explain/what-if-in-term.ts'
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
 * @param options.score where the trips are a term's: the row that the changes are asked of (`changesInTerm`)
 * @throws ImpossibleChange for a change that cannot be, ProblemError `validation` for an event that is not in these trips
 */
export function changedRows(
  trips: readonly ReceiptTrip[],
  { changes, events }: AskedChange,
  {
    model,
    stored,
    score,
  }: { model: PricingModel; stored?: Float32Array | undefined; score?: Float32Array | undefined },
): Rows {
  const ids = new Set(trips.map(({ id }) => id))
  const left = events.filter(({ tripId }) => ids.has(tripId))
  const tripsAfter = refusing(() => withoutEvents(trips, left))
  const row = (of: readonly ReceiptTrip[]): Float32Array =>
    Float32Array.from(judge(of, model).features, ({ value }) => value ?? Number.NaN)
  const before = stored ?? row(trips)
  const without = left.length > 0 ? row(tripsAfter) : before
  const { features } = model.manifest
  const wanted = score ? changesInTerm(features, changes, { score, term: without }) : changes
  const { row: after, changed } = changeRow(features, without, wanted)
  return { before, after, changed, tripsAfter }
}

/** Tells the caller why their question cannot be answered. */
export function refusing<T>(work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    const [field, problems]: [keyof WhatIfBody, readonly string[]] =
      error instanceof ImpossibleChange ? ['changes', error.problems] : ['withoutEvents', [error.message]]
    throw new ProblemError('validation', error.message, {
      errors: problems.map((message) => ({ path: `json.${field}`, message })),
    })
  }
}
