/** The line through the clock is drawn anew so often, milliseconds of real time; sooner at the start, when its slope is a guess. */
const blockMs = 500
const firstBlockMs = 100
/** Blocks that it goes through: a minute, in which a chip that warms up changes its rate by less than 0.01 %. */
const maxBlocks = 120
/** How far a chip's rate may be off, as a share: one standard deviation, before anything is known. MPU-6050: 5 % at most. */
const unknownShare = 0.03
/** The same after a gap: the rate is known, the phase is not. */
const knownShare = 0.002
/** Bounds of a block are never taken for tighter than this, milliseconds: the time that reading a FIFO's level takes. */
const leastWidthMs = 0.2
/** A sample that is off by so many periods cannot be jitter of the reading, which the bounds allow for: samples are missing. */
const missingPeriods = 5
/** The time between two samples is changed by this share at most, to bring the time given back on the line. */
const slewShare = 0.1

/**
 * Gives samples of a FIFO the times they were taken at, by counting them: the chip's own oscillator is steady, the reading is not.
 *
 * Each reading bounds the line `time = a + period × number` from both sides: the newest sample in the FIFO was taken before its level was
 * known, and the one after it had not been taken when it was asked for. Delays of the reading widen these bounds and never move them. The
 * tightest two of each half second make a point, and a weighted regression through the points of the last minute gives period and phase;
 * what is known of the oscillator beforehand stands in it as one more observation. The times given out follow that line without a step.
 */
export const createSampleClock = (options: { nominalHz: number; rate?: number }) => {
  const { nominalHz, rate = 1 } = options
  const nominalMs = (1000 / nominalHz) * rate
  const numbers = new Float64Array(maxBlocks)
  const times = new Float64Array(maxBlocks)
  const weights = new Float64Array(maxBlocks)
  let blocks = 0
  let periodMs = nominalMs
  let priorMs = nominalMs
  let priorShare = unknownShare
  /** One standard deviation of the period. */
  let sigmaMs = priorShare * priorMs
  /** The line: sample `originNumber` was taken at `originMs`. */
  let originNumber = 0
  let originMs = Number.NaN
  /** Samples seen since the line began, and the time last given out, with the step to the next. */
  let seen = 0
  let lastMs = Number.NaN
  let stepMs = nominalMs
  let blockStartMs = Number.NaN
  let blockFrom = 0
  let span = firstBlockMs * rate
  let upper = Number.POSITIVE_INFINITY
  let lower = Number.NEGATIVE_INFINITY

  const lineAt = (number: number): number => originMs + (number - originNumber) * periodMs

  const startBlock = (nowMs: number): void => {
    blockStartMs = nowMs
    blockFrom = seen
    upper = Number.POSITIVE_INFINITY
    lower = Number.NEGATIVE_INFINITY
  }

  /** Begins a line at the newest sample, half a period before it was seen for want of anything better; gives the samples missed. */
  const begin = (count: number, beforeMs: number, afterMs: number): number => {
    blocks = 0
    sigmaMs = priorShare * priorMs
    span = firstBlockMs * rate
    seen = count
    originNumber = count - 1
    originMs = (beforeMs + afterMs - periodMs) / 2
    startBlock(afterMs)
    stepMs = periodMs
    const firstMs = lineAt(0)
    const missed = Number.isNaN(lastMs) ? 0 : Math.max(0, Math.round((firstMs - lastMs) / periodMs) - 1)
    // Never back: what was given out stands.
    lastMs = Number.isNaN(lastMs) ? firstMs - periodMs : Math.max(lastMs, firstMs - periodMs)
    return missed
  }

  const regress = (): void => {
    const used = Math.min(blocks, maxBlocks)
    let sum = 0
    let meanNumber = 0
    let meanMs = 0
    for (let i = 0; i < used; i++) {
      sum += weights[i]!
      meanNumber += weights[i]! * numbers[i]!
      meanMs += weights[i]! * times[i]!
    }
    meanNumber /= sum
    meanMs /= sum
    const prior = 1 / (priorShare * priorMs) ** 2
    let above = prior * priorMs
    let below = prior
    for (let i = 0; i < used; i++) {
      const dNumber = numbers[i]! - meanNumber
      above += weights[i]! * dNumber * (times[i]! - meanMs)
      below += weights[i]! * dNumber * dNumber
    }
    periodMs = above / below
    sigmaMs = 1 / Math.sqrt(below)
    originNumber = meanNumber
    originMs = meanMs
  }

  const endBlock = (count: number, nowMs: number): void => {
    const number = seen - 1
    const slot = blocks++ % maxBlocks
    // Bounds that cross say by how much the line was wrong within the block; what is not known of its slope makes them wider.
    const width = Math.max(leastWidthMs, Math.abs(upper - lower)) + sigmaMs * (number - blockFrom)
    numbers[slot] = number
    times[slot] = lineAt(number) + (upper + lower) / 2
    weights[slot] = 1 / width ** 2
    regress()
    const most = periodMs * slewShare
    // The samples of this reading have no times yet.
    const behindMs = lineAt(number - count) - lastMs
    stepMs = periodMs + Math.max(-most, Math.min(most, behindMs / (span / periodMs)))
    span = Math.min(blockMs, firstBlockMs * (blocks + 1)) * rate
    startBlock(nowMs)
  }

  return {
    /** Samples a second by the agent's clock, as far as it is known. */
    get hz(): number {
      return (1000 / periodMs) * rate
    },
    /** Seconds that the present line has been drawn through. */
    get knownS(): number {
      return (Math.min(blocks, maxBlocks) * blockMs) / 1000
    },
    /**
     * Takes a reading of the FIFO that brought `count` new samples, whose level was asked for at `beforeMs` and known at `afterMs`.
     * @returns how many samples are missing before them, by the clock
     */
    observe(count: number, beforeMs: number, afterMs: number): number {
      if (count === 0) return 0
      if (Number.isNaN(originMs)) return begin(count, beforeMs, afterMs)
      const newest = seen + count - 1
      const above = afterMs - lineAt(newest)
      const below = beforeMs - lineAt(newest + 1)
      if (above < -missingPeriods * periodMs || below > missingPeriods * periodMs)
        return begin(count, beforeMs, afterMs)
      seen += count
      upper = Math.min(upper, above)
      lower = Math.max(lower, below)
      if (afterMs - blockStartMs >= span) endBlock(count, afterMs)
      return 0
    },
    /** The time of the next of these samples, on the agent's clock. */
    next(): number {
      lastMs += stepMs
      return lastMs
    },
    /** The FIFO ran over: what comes next has another phase, at the same rate. */
    gap(): void {
      originMs = Number.NaN
      priorMs = periodMs
      if (blocks > 1) priorShare = knownShare
    },
  }
}
