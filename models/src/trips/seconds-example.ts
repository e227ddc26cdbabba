import type { TripSecond } from './trip-seconds.ts'

/** Seconds of a drive north at the speeds given, one a second from sequence number and time on: for tests. */
export function secondsExample(
  speeds: readonly number[],
  { bootId = 1, firstSeq = 1, atMs = Date.UTC(2026, 5, 1, 12), ...change }: Partial<TripSecond> & SecondsFrom = {},
): TripSecond[] {
  let metres = 0
  return speeds.map((speedMps, n) => {
    metres += (speedMps + (speeds[n - 1] ?? speedMps)) / 2
    return {
      bootId,
      seq: firstSeq + n,
      at: atMs + n * 1000,
      lat: 49 + metres / 111_195,
      lon: 12,
      speedMps,
      aLongMin: -0.4,
      aLongMax: 0.2,
      aLatMin: -0.1,
      aLatMax: 0.3,
      limitKmh: 50,
      quality: 0,
      ...change,
    }
  })
}

interface SecondsFrom {
  firstSeq?: number
  atMs?: number
}
