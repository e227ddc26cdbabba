/**
 * A second-order Butterworth low-pass for one signal at a fixed rate; allocates nothing in `push`.
 *
 * Bilinear transform with K = tan(π·corner/rate), N = 1 + √2·K + K² (J. O. Smith, Introduction to Digital Filters):
 * b0 = b2 = K²/N, b1 = 2·K²/N, a1 = 2·(K² − 1)/N, a2 = (1 − √2·K + K²)/N. At 2 Hz and 10 Hz its delay is 0.11 s.
 */
export interface LowPass {
  /** Next sample; NaN starts the filter anew and gives NaN. */
  push(value: number): number
  /** Forgets the past: the next sample comes after rest, so that a spike behind a gap cannot pass as a held value. */
  reset(): void
}

/** @param cornerHz the −3 dB frequency, below half the rate */
export function createLowPass(cornerHz: number, rateHz: number): LowPass {
  const k = Math.tan((Math.PI * cornerHz) / rateHz)
  const norm = 1 / (1 + Math.SQRT2 * k + k * k)
  const b0 = k * k * norm
  const a1 = 2 * (k * k - 1) * norm
  const a2 = (1 - Math.SQRT2 * k + k * k) * norm
  let s1 = 0
  let s2 = 0
  return {
    push(value) {
      if (Number.isNaN(value)) {
        s1 = 0
        s2 = 0
        return value
      }
      // Transposed direct form II.
      const out = b0 * value + s1
      s1 = 2 * b0 * value - a1 * out + s2
      s2 = b0 * value - a2 * out
      return out
    },
    reset() {
      s1 = 0
      s2 = 0
    },
  }
}
