/** Accounts of the ledger: the issuer pays points out of nothing, goodwill bears what cannot be taken back. */
export type PostingAccount = 'issuer' | 'goodwill' | 'driver'

export interface Posting {
  account: PostingAccount
  /** Signed, never zero; those of a transaction add up to zero. */
  points: number
}

/**
 * What has to be posted so that a cause (a week, a milestone, a challenge) is worth `target` points, whatever was posted for it before.
 *
 * Points are taken back only as far as the balance goes; the rest is borne by goodwill, which is paid back first should the points be due again.
 * Nothing where all is as it should be, so that it may be asked as often as one likes.
 */
export function postingsFor({
  target,
  issued,
  borne,
  balance,
}: {
  target: number
  /** Points that the issuer has paid for this cause so far. */
  issued: number
  /** Of points for this cause, what goodwill bears now. */
  borne: number
  /** What the driver has. */
  balance: number
}): Posting[] {
  const due = target - issued
  const goodwill = due > 0 ? Math.min(due, borne) : -Math.max(0, -due - balance)
  const all: Posting[] = [
    { account: 'issuer', points: -due },
    { account: 'goodwill', points: goodwill },
    { account: 'driver', points: due - goodwill },
  ]
  return all.filter(({ points }) => points !== 0)
}
