import type { LedgerKind } from '@fairmile/contract/receipt.ts'

/** An entry of the ledger as people say it. */
export interface EntryWords {
  title: string
  why: string
}

/** What an entry is in everyday words, and why it is there. @param throughDay end of the time billed, not included */
export function entryWords(kind: LedgerKind, throughDay: string): EntryWords {
  const last = new Date(Date.parse(throughDay) - 86_400_000)
  const day = last.toLocaleDateString('en-GB', { day: 'numeric', month: 'long', timeZone: 'UTC' })
  switch (kind) {
    case 'charge':
      return { title: `Billed to ${day}`, why: 'What the period adds to the price of the term.' }
    case 'correction':
      return { title: 'The time billed, worked out anew', why: 'Something came late, or was put right.' }
    case 'waiver':
      return { title: 'Not asked for', why: 'What comes late never raises what was billed.' }
    case 'refund':
      return { title: 'Given back', why: 'The time billed came out cheaper than it was billed.' }
    case 'cancellation':
      return {
        title: 'Given back at the end',
        why: `The policy ended on ${day}: what stands still is charged to then.`,
      }
    case 'endorsement':
      return { title: 'Given back at the change', why: `Another car or plan is insured since ${day}.` }
  }
}
