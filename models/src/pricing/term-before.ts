import type { Receipt, ReceiptV2 } from '@fairmile/contract/receipt.ts'
import { canonicalJson } from '../canonical-json.ts'
import { carriedRelativity } from './carried-relativity.ts'
import { endsBefore, isEndorsementBelieved, isShown } from './endorsement-before.ts'
import { goneOnFrom } from './gone-on-from.ts'
import { type Check, type Known, needed } from './known.ts'
import { ledgerShownBy, ofPolicy, wholeChecks } from './ledger-before.ts'

/** What a price takes from the term or policy before, or a ledger from its receipts before, where nothing at hand shows that it was so. */
export type Believed = 'carried' | 'renewed' | 'endorsed' | 'ledger'

/**
 * That what a term starts from is what receipts of the term before say, as far as these are at hand: each is whole and signed by its issuer, and
 * its steps give the figures. Whether those steps are right is for a check of that receipt.
 */
export function* termBeforeChecks(receipt: ReceiptV2, known: Known): Generator<Check> {
  const { carried, renewedFrom, endorsementOf, plan, currency } = receipt
  for (const from of namedIn(receipt, known)) {
    yield* wholeChecks(from, known)
    yield { step: 'receipt before: driver', expected: receipt.driverId, found: from.driverId }
    yield needed('receipt before: policy', from.policyId !== receipt.policyId, {
      expected: 'another',
      found: canonicalJson(from.policyId),
    })
    const isNewest = [renewedFrom?.receiptId, endorsementOf?.factors?.receiptId].includes(from.id)
    // What a relativity is carried on from was read as the policy was bound: its term may have been cut since.
    const met = isNewest ? endsBefore(from, receipt) : from.term.startsAt <= receipt.term.startsAt
    yield needed('receipt before: term', met && from.issuedAt <= receipt.issuedAt, {
      expected: isNewest ? 'one that ends as this one begins, issued no later' : 'an earlier one',
      found: canonicalJson({ term: from.term, issuedAt: from.issuedAt }),
    })
    const value = (name: string): number | null => from.steps.find((step) => step.name === name)?.value ?? null
    if (carried?.receiptId === from.id) {
      const relativityPpm = carriedRelativity(plan, value('relativity') ?? Number.NaN)
      const expected = { policyId: from.policyId, receiptId: from.id, relativityPpm }
      yield { step: 'relativity carried on', expected: canonicalJson(expected), found: canonicalJson(carried) }
      yield { step: 'currency carried on', expected: from.currency, found: currency }
    }
    if (renewedFrom?.receiptId === from.id) {
      const [behaviourFactorPpm, factorInForcePpm] = [value('behaviour_factor'), value('factor_in_force')]
      const expected = { receiptId: from.id, behaviourFactorPpm, factorInForcePpm }
      yield { step: 'factors of the term before', expected: canonicalJson(expected), found: canonicalJson(renewedFrom) }
    }
    if (endorsementOf?.factors?.receiptId === from.id) {
      const [expected, found] = [canonicalJson(goneOnFrom(from)), canonicalJson(endorsementOf)]
      yield { step: 'fees and factors of the policy before', expected, found }
    }
  }
}

/** What of the term before is the receipt's word alone: its receipt is not at hand, or nothing shows that the issuer of this one signed it. */
export function believedOfBefore(receipt: Receipt, known: Known): Believed[] {
  const { renewedFrom } = receipt
  if (receipt.format === 'fairmile-receipt/1') return renewedFrom ? ['renewed'] : []
  const shownOf = (some: readonly Receipt[]) =>
    new Set(some.filter((from) => isShown(from, receipt, known)).map(({ id }) => id))
  const shown = shownOf(namedIn(receipt, known))
  const believed: Believed[] = []
  if (receipt.carried && !shown.has(receipt.carried.receiptId)) believed.push('carried')
  if (renewedFrom && !shown.has(renewedFrom.receiptId)) believed.push('renewed')
  if (isEndorsementBelieved(receipt, known, shown)) believed.push('endorsed')
  const ledger = ledgerShownBy(receipt)
  if (ledger !== null && !shownOf(ofPolicy(receipt, known)).has(ledger)) believed.push('ledger')
  return believed
}

/** The receipts at hand that a receipt says its term starts from. */
function namedIn({ carried, renewedFrom, endorsementOf }: ReceiptV2, { before }: Known): Receipt[] {
  const ids = [carried?.receiptId, renewedFrom?.receiptId, endorsementOf?.factors?.receiptId]
  return before.filter(({ id }) => ids.includes(id))
}
