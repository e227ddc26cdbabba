import type { ReceiptTrip } from '@fairmile/contract/receipt.ts'

/** The trips that began within a term, and the ids of those that did not: a policy pays for none of these, wherever they came from. */
export function tripsInTerm(
  trips: readonly ReceiptTrip[],
  { startsAt, endsAt }: { startsAt: number; endsAt: number },
): { within: ReceiptTrip[]; outside: string[] } {
  const isWithin = ({ startAt }: ReceiptTrip): boolean => startAt >= startsAt && startAt < endsAt
  return {
    within: trips.filter(isWithin),
    outside: trips.filter((trip) => !isWithin(trip)).map(({ id }) => id),
  }
}
