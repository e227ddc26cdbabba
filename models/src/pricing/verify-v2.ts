import {
  type Arithmetic,
  type EndorsementOf,
  type LedgerEntry,
  ledgerKinds,
  type ReceiptStep,
  type ReceiptV2,
} from '@fairmile/contract/receipt.ts'
import { canonicalJson } from '../canonical-json.ts'
import { billingPeriods } from './billing-periods.ts'
import { endorsementChecks } from './endorsement-before.ts'
import { exposureOf } from './exposure.ts'
import { type Check, type Known, needed } from './known.ts'
import { ledgerState, settle, timeProblem } from './ledger.ts'
import { ledgerBeforeChecks } from './ledger-before.ts'
import { noticeDistance } from './notice-distance.ts'
import { computePremium } from './premium.ts'
import { ratingTerms } from './rating-terms.ts'
import { termBeforeChecks } from './term-before.ts'
import { termPremium, withHighest } from './term-premium.ts'

/** The premium and the ledger that goes on from it: each step, then the entries. */
export function* premiumChecks(receipt: ReceiptV2, known: Known): Generator<Check> {
  const { plan, rated, renewedFrom, term, trips, issuedAt, carried, endorsementOf, ledger } = receipt
  const arithmetic: Arithmetic = receipt.arithmetic ?? 1
  yield needed('arithmetic', [undefined, 2, 3].includes(receipt.arithmetic), {
    expected: '2 or 3, or none',
    found: canonicalJson(arithmetic),
  })
  yield* termBeforeChecks(receipt, known)
  const goesOn = endorsementOf === undefined || isOfTerm(receipt, endorsementOf)
  yield needed('policy that it goes on from', goesOn, {
    expected:
      'another, the one whose relativity is carried on, with fees above zero, and factors in place of a renewal',
    found: canonicalJson(endorsementOf ?? null),
  })
  yield* endorsementChecks(receipt, known)
  const carriedPpm = carried?.relativityPpm
  const priced = { plan, rated, renewedFrom, term, trips, issuedAt, arithmetic, endorsementOf, carriedPpm }
  const { model } = known
  const told = (name: string): number => receipt.steps.find((step) => step.name === name)?.value ?? 0
  // Without the model the trips' margins are not to be had: what rests on them is believed, the rest is worked out.
  const premium = model
    ? termPremium({ ...priced, model })
    : withHighest(
        computePremium({
          ...priced,
          exposure: exposureOf(trips, plan, rated),
          ...(arithmetic >= 2 && { noticeM: noticeDistance(trips, { ...ratingTerms(plan, rated), ...term }) }),
          days: term.days,
          margin: receipt.margin,
          baseMargin: receipt.model.baseMargin,
          coverageSlopes: receipt.model.coverageSlopes,
          beforeMinor: told('highest_before'),
        }),
      )
  const costAt = (until: number | null, believed: number): number => {
    if (until === null) return 0
    return model ? termPremium({ ...priced, model, until }).premiumMinor : believed
  }
  const problem = timeProblem({ ...ledger, entries: earlier(ledger.entries) })
  yield needed('time billed by the entries', problem === null, {
    expected: 'entries of a time that was billed, and none that is unbilled again',
    found: String(problem),
  })
  const costBeforeMinor = costAt(ledger.billedThroughBefore, told('cost_of_billed'))
  const { added, steps } = settle({
    ...ledger,
    entries: earlier(ledger.entries),
    costBeforeMinor,
    costMinor: costAt(ledger.billedThrough, told('cost_of_billed') + told('charged_now')),
    premiumMinor: premium.premiumMinor,
  })
  yield* stepChecks([...premium.steps, ...steps], receipt.steps)
  yield { step: 'premium in minor units', expected: premium.premiumMinor, found: receipt.premiumMinor }
  const own = ledger.entries.filter(({ receiptId }) => receiptId === null)
  yield { step: 'entries of this receipt', expected: canonicalJson(added), found: canonicalJson(own) }
}

function isOfTerm(receipt: ReceiptV2, { policyId: before, fees, factors }: EndorsementOf): boolean {
  const { policyId, carried, arithmetic, renewedFrom } = receipt
  const isNew = arithmetic === 3
  return (
    typeof before === 'string' &&
    before !== policyId &&
    (carried?.policyId ?? before) === before &&
    (isNew ? renewedFrom === undefined : factors === undefined) &&
    (factors === undefined || [factors.termStartPpm, factors.inForcePpm].every(isFactor)) &&
    fees.every(
      ({ name, amountMinor }) => typeof name === 'string' && Number.isSafeInteger(amountMinor) && amountMinor > 0,
    )
  )
}

const isFactor = (ppm: number): boolean => Number.isSafeInteger(ppm) && ppm >= 0

/** That the ledger is whole, goes on from the receipts before and adds up to its steps, and is billed to the ends of periods that are over, each once. */
export function* ledgerChecks(receipt: ReceiptV2, known: Known): Generator<Check> {
  const { ledger, steps, term, issuedAt, trips, rulings } = receipt
  const { entries, billedThrough, billedThroughBefore } = ledger
  const ends = billingPeriods(term).map(({ endsAt }) => endsAt)
  // Of a term that was cut short, time that is not its own any more was billed.
  const isEnd = (at: number): boolean => (ends.includes(at) || at > term.endsAt) && at <= issuedAt
  let cancelled = 0
  let charged = term.startsAt
  for (const [index, { seq, kind, amountMinor, throughAt, receiptId }] of entries.entries()) {
    yield { step: `number of entry ${index + 1}`, expected: index + 1, found: seq }
    if (kind === 'correction' || kind === 'waiver') cancelled += amountMinor
    const isMoneyBack = kind === 'refund' || kind === 'cancellation' || kind === 'endorsement'
    const hasSign = kind === 'charge' ? amountMinor > 0 : !isMoneyBack || amountMinor < 0
    const known = ledgerKinds.includes(kind) && Number.isSafeInteger(amountMinor) && hasSign
    yield needed(`amount of entry ${seq}`, known, {
      expected: 'a known kind, whole minor units, charges above zero, money back below',
      found: canonicalJson({ kind, amountMinor }),
    })
    if (kind === 'charge') {
      yield needed(`time of entry ${seq}`, throughAt > charged && isEnd(throughAt), {
        expected: 'the end of a period that is over, and later than that of the charge before',
        found: String(throughAt),
      })
      charged = throughAt
    }
    const isLast = entries.slice(index).every((entry) => entry.receiptId === null)
    yield { step: `receipt of entry ${seq}`, expected: isLast, found: receiptId === null }
  }
  yield { step: 'corrections and waivers together', expected: 0, found: cancelled }
  const { billedMinor, waivedMinor } = ledgerState(entries)
  const told = (name: string): number | undefined => steps.find((step) => step.name === name)?.value
  yield { step: 'charges less what came back', expected: billedMinor, found: told('billed') }
  yield { step: 'corrections together', expected: waivedMinor, found: told('waived') }
  const isOver = billedThrough === null || (ends.includes(billedThrough) && billedThrough <= issuedAt)
  yield needed('end of the time billed', isOver, {
    expected: 'the end of a period that is over',
    found: String(billedThrough),
  })
  const back = billedThroughBefore !== null && (billedThrough === null || billedThrough < billedThroughBefore)
  yield needed('time billed before', !back || billedThrough === term.endsAt, {
    expected: 'not after the time billed, unless the term was cut short',
    found: String(billedThroughBefore),
  })
  yield* ledgerBeforeChecks(receipt, known)
  const ids = new Set(trips.map(({ id }) => id))
  yield needed(
    'trips of the rulings',
    rulings.every(({ tripId }) => ids.has(tripId)),
    {
      expected: 'trips of this receipt',
      found: canonicalJson(rulings),
    },
  )
}

function* stepChecks(expected: readonly ReceiptStep[], found: readonly ReceiptStep[]): Generator<Check> {
  for (const [index, step] of expected.entries())
    yield { step: step.name, expected: canonicalJson(step), found: canonicalJson(found[index] ?? null) }
  yield { step: 'number of steps', expected: expected.length, found: found.length }
}

const earlier = (entries: readonly LedgerEntry[]): LedgerEntry[] =>
  entries.filter(({ receiptId }) => receiptId !== null)
