import { createHash } from 'node:crypto'
import type { ReceiptTrip, ReceiptV2 } from '@fairmile/contract/receipt.ts'
import { billingPeriods } from '../src/pricing/billing-periods.ts'
import { ledgerState } from '../src/pricing/ledger.ts'
import { checkExample, receiptInputExample, tripExample } from '../src/pricing/pricing-example.ts'
import { emptyLedger, issueReceipt } from '../src/pricing/receipt.ts'
import { termPremium } from '../src/pricing/term-premium.ts'
import { verifyReceipt } from '../src/pricing/verify.ts'
import type { Portfolio } from './portfolios.ts'

/** What went wrong with a portfolio, by name; a portfolio without any is verified. */
export type Fault =
  | 'notVerified'
  | 'negative'
  | 'beyondCaps'
  | 'discountAbove45'
  | 'notMonotone'
  | 'billedRaised'
  | 'balanceDiffers'

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')
const hourMs = 3_600_000
const base = receiptInputExample(sha256, [])
const [thresholdsHash] = receiptInputExample(sha256, [tripExample(0)]).trips.map((trip) => trip.thresholdsHash)
const most = 450_000

/** Lives a policy's history, with a receipt after each act, and gives what is wrong with any of them. */
export function checkPortfolio({ plan, carriedPpm, acts }: Portfolio): Set<Fault> {
  const faults = new Set<Fault>()
  const carried = carriedPpm === null ? null : { policyId: 'POL-0', receiptId: 'RCP-0', relativityPpm: carriedPpm }
  const { term } = base
  const rated = plan.jurisdictions && { jurisdiction: 'DE' }
  const periods = billingPeriods(term)
  let trips: ReceiptTrip[] = []
  let ledger = emptyLedger()
  let now = term.startsAt
  let last: ReceiptV2 | null = null
  const price = (some: readonly ReceiptTrip[], at = now): number =>
    termPremium({ ...base, plan, rated, trips: some, issuedAt: at, carriedPpm: carried?.relativityPpm }).premiumMinor

  for (const [n, act] of acts.entries()) {
    let through = ledger.billedThrough
    if (act.act === 'drive') trips = [...trips, placed(act.trip, n, now)]
    if (act.act === 'drive') now += 2 * hourMs
    if (act.act === 'late')
      trips = [...trips, placed(act.trip, n, Math.max(term.startsAt, now - act.hoursAgo * hourMs))]
    if (act.act === 'ruling') trips = trips.map((trip, at) => (at === act.trip ? withoutEvents(trip) : trip))
    if (act.act === 'removal') trips = trips.filter((_, at) => at !== act.trip)
    if (act.act === 'bill') {
      through = periods.find(({ endsAt }) => through === null || endsAt > through)?.endsAt ?? through
      now = Math.max(now, through ?? now)
    }
    const { receipt, premium, state } = issueReceipt({
      ...base,
      ...{ plan, rated, trips, carried, issuedAt: now },
      ledger: { ...ledger, billedThroughBefore: ledger.billedThrough, billedThrough: through },
    })
    const before = ledgerState(ledger.entries)
    const known = { model: base.model, plans: [plan], before: [], hash: sha256, checkSignature: checkExample(sha256) }
    if (!verifyReceipt(JSON.parse(JSON.stringify(receipt)), known).ok) faults.add('notVerified')
    if (receipt.premiumMinor < 0 || state.billedMinor < 0 || state.waivedMinor < 0) faults.add('negative')
    if (premium.discountPpm > most || premium.discountPpm > plan.discount.maxPpm) faults.add('discountAbove45')
    const { minPpm, maxPpm, surchargeAllowed } = plan.relativity
    const from = carried?.relativityPpm ?? 1_000_000
    const highest = surchargeAllowed ? maxPpm : 1_000_000
    if (premium.relativityPpm < minPpm || premium.relativityPpm > highest) faults.add('beyondCaps')
    if (act.act !== 'bill' && state.billedMinor > before.billedMinor) faults.add('billedRaised')
    const costMinor =
      through === null
        ? 0
        : termPremium({
            ...base,
            plan,
            rated,
            trips,
            issuedAt: now,
            until: through,
            carriedPpm: from === 1_000_000 && !carried ? undefined : from,
          }).premiumMinor
    if (state.billedMinor + state.waivedMinor !== costMinor) faults.add('balanceDiffers')
    if (act.act === 'drive' && last && receipt.premiumMinor < last.premiumMinor) faults.add('notMonotone')
    last = receipt
    ledger = {
      ...receipt.ledger,
      entries: receipt.ledger.entries.map((entry) => ({ ...entry, receiptId: entry.receiptId ?? receipt.id })),
    }
  }
  const clean = placed(tripExample(0, { km: 3 }), acts.length, now)
  if (price([...trips, clean], now + hourMs) < price(trips, now + hourMs)) faults.add('notMonotone')
  return faults
}

/** A trip at a time, with an id of its own, judged by the table of this release. */
function placed(trip: ReceiptTrip, n: number, startAt: number): ReceiptTrip {
  const id = `TRP-${String(n).padStart(12, '0')}`
  return { ...trip, id, startAt, endAt: startAt + hourMs, thresholdsHash: thresholdsHash ?? '' }
}

const withoutEvents = (trip: ReceiptTrip): ReceiptTrip => ({ ...trip, statistics: { ...trip.statistics, events: [] } })
