import type { RatingPlan } from '@fairmile/contract/rating-plan.ts'
import type { ReceiptTrip, ReceiptV2 } from '@fairmile/contract/receipt.ts'
import { billingPeriods } from '../src/pricing/billing-periods.ts'
import { ledgerState } from '../src/pricing/ledger.ts'
import { checkExample, tripExample } from '../src/pricing/pricing-example.ts'
import { type IssuedReceipt, issueReceipt } from '../src/pricing/receipt.ts'
import { termPremium } from '../src/pricing/term-premium.ts'
import { verifyReceipt } from '../src/pricing/verify.ts'
import {
  base,
  endorsed,
  firstPolicy,
  type LivePolicy,
  midnightAfter,
  newestOf,
  placed,
  renewed,
  sha256,
} from './live-policy.ts'
import type { Act, Portfolio } from './portfolios.ts'

/** What went wrong with a portfolio, by name; a portfolio without any is verified. */
export type Fault =
  | 'notVerified'
  | 'negative'
  | 'beyondCaps'
  | 'discountAbove45'
  | 'notMonotone'
  | 'billedRaised'
  | 'balanceDiffers'

const hourMs = 3_600_000
const most = 450_000
const keys = [{ keyId: base.issuer.keyId, publicKey: base.issuer.publicKey }]

/** Lives the history of a policy and of those that follow it, with a receipt after each act, and gives what is wrong with any of them. */
export function checkPortfolio({ plan, carriedPpm, acts }: Portfolio): Set<Fault> {
  const faults = new Set<Fault>()
  let policy = firstPolicy(plan, carriedPpm)
  let now = policy.term.startsAt

  /** Issues a receipt, and checks it. */
  const issue = (through: number | null, returns: ReceiptV2['ledger']['returns'] = 'refund'): void => {
    const { id: policyId, term, from, trips, ledger } = policy
    const input = { ...base, ...from, plan, policyId, term, trips, issuedAt: now }
    const billedThroughBefore = ledger.billedThrough
    const issued = issueReceipt({
      ...input,
      ledger: { ...ledger, billedThroughBefore, billedThrough: through, returns },
    })
    for (const fault of faultsOf(issued, { plan, policy })) faults.add(fault)
    const { receipt } = issued
    const entries = receipt.ledger.entries.map((entry) => ({ ...entry, receiptId: entry.receiptId ?? receipt.id }))
    policy = { ...policy, ledger: { ...receipt.ledger, entries }, receipts: [...policy.receipts, receipt] }
  }

  for (const [n, act] of acts.entries()) {
    const before = newestOf(policy)
    const { term } = policy
    const isOver = now >= term.endsAt
    if (act.act === 'renew') {
      policy = renewed(plan, policy)
      now = Math.max(now, policy.term.startsAt)
    } else if (act.act === 'endorse') {
      const on = midnightAfter(now)
      if (!before || on >= term.endsAt) continue
      policy = { ...policy, term: { ...term, endsAt: on } }
      const { billedThrough } = policy.ledger
      issue(billedThrough === null ? null : Math.min(billedThrough, on), 'endorsement')
      policy = endorsed(plan, policy, { endsAt: term.endsAt, vehicle: act.vehicle })
      now = on
    } else if (act.act === 'drive' && isOver) continue
    else policy = { ...policy, trips: tripsAfter(policy, act, { n, now }) }
    if (act.act === 'drive') now += 2 * hourMs
    let through = policy.ledger.billedThrough
    if (act.act === 'bill') {
      const due = billingPeriods(policy.term).find(({ endsAt }) => through === null || endsAt > through)
      through = due?.endsAt ?? through
      now = Math.max(now, through ?? now)
    }
    issue(through)
    const after = newestOf(policy)
    if (act.act === 'drive' && before && after && after.premiumMinor < before.premiumMinor) faults.add('notMonotone')
  }
  if (now < policy.term.endsAt) {
    const price = (trips: readonly ReceiptTrip[]) => priceOf(plan, { ...policy, trips }, { at: now + hourMs })
    const clean = placed(tripExample(0, { km: 3 }), acts.length, now)
    if (price([...policy.trips, clean]) < price(policy.trips)) faults.add('notMonotone')
  }
  return faults
}

/** The trips of a policy after something happened to them. */
function tripsAfter(
  { term, trips }: LivePolicy,
  act: Act,
  { n, now }: { n: number; now: number },
): readonly ReceiptTrip[] {
  switch (act.act) {
    case 'drive':
      return [...trips, placed(act.trip, n, now)]
    case 'late': {
      const startAt = Math.min(now, term.endsAt - hourMs) - act.hoursAgo * hourMs
      return [...trips, placed(act.trip, n, Math.max(term.startsAt, startAt))]
    }
    case 'ruling':
      return trips.map((trip, at) => (at === act.trip ? withoutEvents(trip) : trip))
    case 'removal':
      return trips.filter((_, at) => at !== act.trip)
    default:
      return trips
  }
}

/** What is wrong with a receipt of a policy that stood like this before it. */
function* faultsOf(
  { receipt, premium, state }: IssuedReceipt,
  { plan, policy }: { plan: RatingPlan; policy: LivePolicy },
): Generator<Fault> {
  const known = { model: base.model, plans: [plan], keys, before: policy.receipts, hash: sha256 }
  const verdict = verifyReceipt(JSON.parse(JSON.stringify(receipt)), { ...known, checkSignature: checkExample(sha256) })
  // All receipts are at hand but the one that the first policy was carried on from, which there is not.
  const believed = policy.from.carried?.receiptId === 'RCP-0' ? 'carried' : null
  if (!verdict.ok || verdict.unchecked.some((part) => part !== believed)) yield 'notVerified'
  if (receipt.premiumMinor < 0 || state.billedMinor < 0 || state.waivedMinor < 0) yield 'negative'
  if (premium.discountPpm > most || premium.discountPpm > plan.discount.maxPpm) yield 'discountAbove45'
  const { minPpm, maxPpm, surchargeAllowed } = plan.relativity
  const highest = surchargeAllowed ? maxPpm : 1_000_000
  if (premium.relativityPpm < minPpm || premium.relativityPpm > highest) yield 'beyondCaps'
  const { billedThroughBefore, billedThrough } = receipt.ledger
  const isBill = billedThrough !== billedThroughBefore
  if (!isBill && state.billedMinor > ledgerState(policy.ledger.entries).billedMinor) yield 'billedRaised'
  const at = receipt.issuedAt
  const costMinor = billedThrough === null ? 0 : priceOf(plan, policy, { at, until: billedThrough })
  if (state.billedMinor + state.waivedMinor !== costMinor) yield 'balanceDiffers'
}

/** What a policy costs by its trips, minor units. */
function priceOf(plan: RatingPlan, policy: LivePolicy, { at, until }: { at: number; until?: number }): number {
  const { term, from, trips } = policy
  const carriedPpm = from.carried?.relativityPpm
  return termPremium({ ...from, model: base.model, plan, term, trips, issuedAt: at, until, carriedPpm }).premiumMinor
}

const withoutEvents = (trip: ReceiptTrip): ReceiptTrip => ({ ...trip, statistics: { ...trip.statistics, events: [] } })
