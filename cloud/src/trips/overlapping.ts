/** Trips of one box share so many seconds at most, ms: clocks of two boots are 5 s apart each, and a receiver that learns of leap seconds steps by 18 s. */
const sharedMs = 30_000

/** What a trip's record says of when it was, and its place among the trips of its box. */
export interface TimedTrip {
  readonly id: string
  readonly boot: number
  /** 0 where nobody knows. */
  readonly firstSeq: number
  /** UTC epoch milliseconds. */
  readonly startMs: number
  readonly endMs: number
}

/** The order in which trips of a box come by identity: boot, first number, id. */
export const byIdentity = (a: TimedTrip, b: TimedTrip): number =>
  a.boot - b.boot || a.firstSeq - b.firstSeq || (a.id < b.id ? -1 : Number(a.id > b.id))

/** Whether two trips of a box share more time than clocks explain. */
export const overlap = (a: TimedTrip, b: TimedTrip): boolean =>
  Math.min(a.endMs, b.endMs) - Math.max(a.startMs, b.startMs) > sharedMs

/** A time that trips were driven in, up to `sharedMs` before its end, and one that was driven all of it. */
interface Taken {
  fromMs: number
  toMs: number
  id: string
}

/**
 * Those of a box's trips that overlap one which comes before them by identity, each with such a one.
 *
 * In n log n steps however they lie: by identity, each is looked for in the times that those before it have taken, and then takes its own.
 */
export function overlappedBy(trips: readonly TimedTrip[]): Map<string, string> {
  const found = new Map<string, string>()
  /** Apart from each other, the earliest first. */
  const taken: Taken[] = []
  for (const { id, startMs: fromMs, endMs } of trips.toSorted(byIdentity)) {
    const toMs = endMs - sharedMs
    if (toMs <= fromMs) continue
    const first = firstAfter(taken, fromMs)
    let next = first
    while (next < taken.length && taken[next]!.fromMs < toMs) next++
    const shared = taken.slice(first, next)
    if (shared[0]) found.set(id, shared[0].id)
    const left = shared.slice(0, 1).flatMap((one) => (one.fromMs < fromMs ? [{ ...one, toMs: fromMs }] : []))
    const right = shared.slice(-1).flatMap((one) => (one.toMs > toMs ? [{ ...one, fromMs: toMs }] : []))
    taken.splice(first, next - first, ...left, { fromMs, toMs, id }, ...right)
  }
  return found
}

/** Place of the first that ends after a time. */
function firstAfter(taken: readonly Taken[], atMs: number): number {
  let [low, high] = [0, taken.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (taken[middle]!.toMs > atMs) high = middle
    else low = middle + 1
  }
  return low
}
