/** A clock may be set to local time in place of UTC, which is 14 h ahead at most, and a little off; more is a broken one, ms. */
const mostAheadMs = 24 * 3_600_000

/**
 * Whether a trip had ended before it had begun to be told of: a batch may wait in the car for months, and comes from no later than now.
 *
 * @param endAt UTC epoch milliseconds
 * @param toldMs when the cloud was first told of it, UTC epoch milliseconds
 */
export const isToldAhead = (endAt: number, toldMs: number): boolean => endAt - toldMs > mostAheadMs
