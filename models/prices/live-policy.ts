import { createHash } from 'node:crypto'
import type { RatingPlan } from '@fairmile/contract/rating-plan.ts'
import type { ReceiptTrip, ReceiptV2 } from '@fairmile/contract/receipt.ts'
import { carriedRelativity } from '../src/pricing/carried-relativity.ts'
import { goneOnFrom } from '../src/pricing/gone-on-from.ts'
import { receiptInputExample, tripExample } from '../src/pricing/pricing-example.ts'
import { emptyLedger, type ReceiptInput } from '../src/pricing/receipt.ts'

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')
/** Driver, issuer and model of all portfolios. */
export const base = receiptInputExample(sha256, [])
const dayMs = 86_400_000
const hourMs = 3_600_000
const [thresholdsHash = ''] = receiptInputExample(sha256, [tripExample(0)]).trips.map((trip) => trip.thresholdsHash)

/** One policy of a portfolio as it stands: what it is priced by, and the receipts that there are. */
export interface LivePolicy {
  id: string
  term: ReceiptInput['term']
  from: Pick<ReceiptInput, 'rated' | 'renewedFrom' | 'carried' | 'endorsementOf'>
  trips: readonly ReceiptTrip[]
  ledger: ReceiptV2['ledger']
  /** Its receipts, the newest last, and before them those of the policies that it goes on from. */
  receipts: ReceiptV2[]
}

/** A portfolio's first policy. */
export function firstPolicy(plan: RatingPlan, carriedPpm: number | null): LivePolicy {
  const carried = carriedPpm === null ? null : { policyId: 'POL-0', receiptId: 'RCP-0', relativityPpm: carriedPpm }
  const from = { rated: plan.jurisdictions && { jurisdiction: 'DE' }, carried }
  return { id: 'POL-1', term: base.term, from, trips: [], ledger: emptyLedger(), receipts: [] }
}

/** The newest receipt of a policy itself; undefined where it has none yet. */
export const newestOf = ({ id, receipts }: LivePolicy): ReceiptV2 | undefined =>
  receipts.findLast(({ policyId }) => policyId === id)

/** The policy of the next term, as long as the first. */
export function renewed(plan: RatingPlan, before: LivePolicy): LivePolicy {
  const newest = newestOf(before)
  const stepOf = (wanted: string) => newest?.steps.find(({ name }) => name === wanted)?.value
  const [behaviourFactorPpm, factorInForcePpm] = [stepOf('behaviour_factor'), stepOf('factor_in_force')]
  const isLimited = behaviourFactorPpm !== undefined && factorInForcePpm !== undefined
  const { startsAt, endsAt } = base.term
  return following(plan, before, {
    term: { startsAt: before.term.endsAt, endsAt: before.term.endsAt + (endsAt - startsAt) },
    from: {
      rated: before.from.rated,
      ...(newest && isLimited && { renewedFrom: { receiptId: newest.id, behaviourFactorPpm, factorInForcePpm } }),
    },
  })
}

/** The policy that another, which has a receipt and was cut at that moment, becomes with a vehicle of a class. */
export function endorsed(
  plan: RatingPlan,
  before: LivePolicy,
  { endsAt, vehicle }: { endsAt: number; vehicle: string },
): LivePolicy {
  const newest = newestOf(before)
  if (!newest) throw new Error(`endorsing ${before.id}: it has no receipt`)
  const rated = before.from.rated && { ...before.from.rated, ...(plan.classes && { classes: { vehicle } }) }
  return following(plan, before, {
    term: { startsAt: before.term.endsAt, endsAt },
    from: { rated, endorsementOf: goneOnFrom(newest) },
  })
}

function following(
  plan: RatingPlan,
  before: LivePolicy,
  { term, from }: Pick<LivePolicy, 'term' | 'from'>,
): LivePolicy {
  const newest = newestOf(before)
  const relativity = newest?.steps.find(({ name }) => name === 'relativity')?.value
  const carried =
    newest && relativity !== undefined && plan.policy?.carriedPpm
      ? { policyId: before.id, receiptId: newest.id, relativityPpm: carriedRelativity(plan, relativity) }
      : null
  const id = `POL-${Number(before.id.slice('POL-'.length)) + 1}`
  return { id, term, from: { ...from, carried }, trips: [], ledger: emptyLedger(), receipts: before.receipts }
}

/** The first midnight after a moment. */
export const midnightAfter = (at: number): number => (Math.floor(at / dayMs) + 1) * dayMs

/** A trip of an hour at a time, with an id of its own, judged by the table of this release. */
export function placed(trip: ReceiptTrip, n: number, startAt: number): ReceiptTrip {
  const id = `TRP-${String(n).padStart(12, '0')}`
  return { ...trip, id, startAt, endAt: startAt + hourMs, thresholdsHash }
}
