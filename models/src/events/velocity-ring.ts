/** Where a span of a velocity ring begins; the ring moves it on with each sample. */
export interface Span {
  readonly ms: number
  /** Number of its first sample. */
  first: number
}

/** What acceleration has added up to lately, in three axes; `push` allocates nothing. */
export interface VelocityRing {
  /** Number of the newest sample; −1 before the first. */
  readonly last: number
  /** Takes an acceleration (m/s²), and how fast the box turned around that time (rad/s). */
  push(tMs: number, ax: number, ay: number, az: number, turnRps: number): void
  /** Forgets the past: what comes next has nothing before it. */
  reset(): void
  /** A span that always ends with the newest sample, shorter than its length behind a gap. */
  span(ms: number): Span
  /** The furthest sample before `n` that is at most so much older; the one just before it at least. */
  back(n: number, ms: number): number
  /** Change of velocity from one sample to another into `out`, m/s; gives the milliseconds between them. */
  change(from: number, to: number, out: Float64Array): number
  tMs(n: number): number
  turnRps(n: number): number
  /** The oldest number that is still kept. */
  readonly oldest: number
}

/** 512 samples: the longest span asked for (a crash's 250 ms, or 420 ms behind its window) up to 1,000 Hz. */
const capacity = 512
const mask = capacity - 1

/** Makes an empty ring. */
export function createVelocityRing(): VelocityRing {
  const times = new Float64Array(capacity)
  const vx = new Float64Array(capacity)
  const vy = new Float64Array(capacity)
  const vz = new Float64Array(capacity)
  const turns = new Float64Array(capacity)
  const spans: Span[] = []
  let last = -1
  /** The first sample since the last reset. */
  let first = 0

  const oldest = (): number => Math.max(first, last - mask)

  return {
    get last() {
      return last
    },
    get oldest() {
      return oldest()
    },
    push(tMs, ax, ay, az, turnRps) {
      const before = last & mask
      const slot = (last + 1) & mask
      const s = last < first ? 0 : (tMs - times[before]!) / 1000
      vx[slot] = vx[before]! + ax * s
      vy[slot] = vy[before]! + ay * s
      vz[slot] = vz[before]! + az * s
      times[slot] = tMs
      turns[slot] = turnRps
      last++
      const least = oldest()
      for (let i = 0; i < spans.length; i++) {
        const span = spans[i]!
        if (span.first < least) span.first = least
        // The first is the newest that is at least so old, once there is one.
        while (span.first < last && times[(span.first + 1) & mask]! <= tMs - span.ms) span.first++
      }
    },
    reset() {
      first = last + 1
    },
    span(ms) {
      const span = { ms, first: oldest() }
      spans.push(span)
      return span
    },
    back(n, ms) {
      const least = oldest()
      // Half a millisecond of slack for the rounding of time stamps.
      const untilMs = times[n & mask]! - ms - 0.5
      let found = Math.max(least, n - 1)
      while (found > least && times[(found - 1) & mask]! >= untilMs) found--
      return found
    },
    change(from, to, out) {
      const a = from & mask
      const b = to & mask
      out[0] = vx[b]! - vx[a]!
      out[1] = vy[b]! - vy[a]!
      out[2] = vz[b]! - vz[a]!
      return times[b]! - times[a]!
    },
    tMs: (n) => times[n & mask]!,
    turnRps: (n) => turns[n & mask]!,
  }
}

/** Length of a vector. */
export const size = (v: Float64Array): number => Math.sqrt(v[0]! * v[0]! + v[1]! * v[1]! + v[2]! * v[2]!)

/** Takes out of a vector what lies along `up` (a unit vector, or zero for none), in place; gives the length of what is left. */
export function across(v: Float64Array, up: Float64Array): number {
  const along = v[0]! * up[0]! + v[1]! * up[1]! + v[2]! * up[2]!
  v[0]! -= along * up[0]!
  v[1]! -= along * up[1]!
  v[2]! -= along * up[2]!
  return size(v)
}
