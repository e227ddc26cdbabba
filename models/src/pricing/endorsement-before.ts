import type { EndorsementOf, Receipt, ReceiptV2 } from '@fairmile/contract/receipt.ts'
import { canonicalJson } from '../canonical-json.ts'
import { goneOnFrom } from './gone-on-from.ts'
import { type Check, differenceOf, type Known } from './known.ts'
import { wholeChecks } from './ledger-before.ts'
import { isFee } from './outside-steps.ts'

/**
 * That the newest receipt at hand of the policy that became this one says no other fees and factors, whichever receipt is named; and so of that one,
 * where it went on from another itself. One that is not whole or that nobody signed says nothing.
 */
export function* endorsementChecks(receipt: ReceiptV2, known: Known): Generator<Check> {
  const { endorsementOf, issuedAt } = receipt
  const [newest] = receiptsOf(receipt, known)
    .filter((from) => from.issuedAt <= issuedAt)
    .sort((a, b) => b.issuedAt - a.issuedAt)
  if (!endorsementOf || !newest) return
  const named = known.before.find(({ id }) => id === endorsementOf.factors?.receiptId)
  // Factors move with what was driven: those of another receipt count only where it is seen to come between the named one and this one.
  const isNewer = named !== undefined && named.issuedAt < newest.issuedAt && newest.issuedAt < issuedAt
  const figures = ({ fees, factors }: EndorsementOf): string => {
    const { termStartPpm, inForcePpm } = factors ?? {}
    return canonicalJson({ fees, factors: factors ? (isNewer ? { termStartPpm, inForcePpm } : 'told') : 'none' })
  }
  const expected = figures(toldBy(newest, receipt))
  yield { step: 'newest receipt of the policy before', expected, found: figures(endorsementOf) }
  yield* endorsementChecks(newest, known)
}

/**
 * Whether fees or factors of the policy before decide this price, and nothing at hand shows them.
 *
 * @param shown ids of the receipts at hand that are named and signed
 */
export function isEndorsementBelieved(receipt: ReceiptV2, known: Known, shown: ReadonlySet<string>): boolean {
  const { endorsementOf, steps, arithmetic } = receipt
  if (!endorsementOf) return false
  // Before the third rule a renewal's factors were taken, which are named by themselves.
  const decides = steps.some(({ name }) => isFee(name) || (arithmetic === 3 && name === 'start_factor'))
  if (!decides) return false
  if (endorsementOf.factors) return !shown.has(endorsementOf.factors.receiptId)
  const said = canonicalJson(endorsementOf)
  return !receiptsOf(receipt, known).some((from) => canonicalJson(toldBy(from, receipt)) === said)
}

/** Whether a term ends on the moment on which another begins. */
export const endsBefore = (from: Receipt, { term }: Receipt): boolean => from.term.endsAt === term.startsAt

/** Whether it shows what it says: it is signed, by a published key or by who signed the receipt that it is given for. */
export function isShown(from: Receipt, receipt: ReceiptV2, { checkSignature, keys }: Known): from is ReceiptV2 {
  if (from.format !== 'fairmile-receipt/2' || !checkSignature) return false
  return Boolean(keys) || from.issuer.publicKey === receipt.issuer.publicKey
}

/** What a receipt hands on, by the rule of another: before the third no factors were told. */
function toldBy(from: Receipt, { arithmetic }: ReceiptV2): EndorsementOf {
  const { factors, ...told } = goneOnFrom(from)
  return { ...told, ...(arithmetic === 3 && factors && { factors }) }
}

/** The receipts at hand of the policy that became this one, whole and signed, of the term that ends as this one begins. */
function receiptsOf(receipt: ReceiptV2, known: Known): ReceiptV2[] {
  const { endorsementOf, driverId } = receipt
  const isOfThem = (from: Receipt): from is ReceiptV2 =>
    from.policyId === endorsementOf?.policyId &&
    isShown(from, receipt, known) &&
    from.driverId === driverId &&
    endsBefore(from, receipt) &&
    from.term.startsAt < from.term.endsAt &&
    [...wholeChecks(from, known)].every((check) => differenceOf(check) === null)
  return known.before.filter(isOfThem)
}
