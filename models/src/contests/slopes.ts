/** A second of a drive, by its height. */
interface HeightSecond {
  /** UTC epoch milliseconds. */
  readonly at: number
  readonly altM: number | null
  readonly speedMps: number | null
}

/** Seconds on both sides that a slope is taken over: GNSS heights are off by decimetres from one to the next. */
const sideMs = 4_000
/** On a shorter way a slope says nothing, metres. */
const leastWayM = 20

/** The road's slope at each second, rise over run, by heights and speeds around it; null where these are not known or the car hardly moved. */
export function slopesOf(seconds: readonly HeightSecond[]): (number | null)[] {
  return seconds.map(({ at }) => {
    const around = seconds.filter(
      (one) => Math.abs(one.at - at) <= sideMs && one.altM !== null && one.speedMps !== null,
    )
    const [first, last] = [around[0], around.at(-1)]
    if (!first || !last) return null
    let wayM = 0
    for (const [n, one] of around.entries()) {
      const before = around[n - 1]
      if (before) wayM += ((one.speedMps! + before.speedMps!) / 2) * ((one.at - before.at) / 1000)
    }
    return wayM < leastWayM ? null : Math.round(((last.altM! - first.altM!) / wayM) * 1000) / 1000
  })
}
