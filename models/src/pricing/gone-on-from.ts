import type { EndorsementOf, Receipt } from '@fairmile/contract/receipt.ts'
import { feesCharged } from './outside-steps.ts'

/** What a policy goes on from that another became within its term, by that one's newest receipt: the fees until then, and the factors where its plan limited changes. */
export function goneOnFrom(receipt: Receipt): EndorsementOf {
  const factors = factorsOf(receipt)
  return { policyId: receipt.policyId, fees: feesCharged(receipt), ...(factors && { factors }) }
}

function factorsOf(receipt: Receipt): EndorsementOf['factors'] {
  const value = (wanted: string): number | undefined => receipt.steps.find(({ name }) => name === wanted)?.value
  const before = receipt.format === 'fairmile-receipt/2' ? receipt.endorsementOf?.factors : undefined
  const termStartPpm = before?.termStartPpm ?? value('start_factor')
  const inForcePpm = value('factor_in_force')
  if (termStartPpm === undefined || inForcePpm === undefined) return undefined
  return { receiptId: receipt.id, termStartPpm, inForcePpm }
}
