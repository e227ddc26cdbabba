/**
 * A second-order Butterworth low-pass as a stateful function of one value (bilinear transform with pre-warping).
 * With K = tan(π·fc/fs): b0 = K²/(1 + √2·K + K²), b1 = 2·b0, b2 = b0, a1 = 2(K² − 1)/(…), a2 = (1 − √2·K + K²)/(…).
 */
export function createLowPass(cutHz: number, rateHz: number): (value: number) => number {
  const k = Math.tan((Math.PI * cutHz) / rateHz)
  const norm = 1 / (1 + Math.SQRT2 * k + k * k)
  const b0 = k * k * norm
  const a1 = 2 * (k * k - 1) * norm
  const a2 = (1 - Math.SQRT2 * k + k * k) * norm
  let z1 = 0
  let z2 = 0
  return (value) => {
    const out = b0 * value + z1
    z1 = 2 * b0 * value - a1 * out + z2
    z2 = b0 * value - a2 * out
    return out
  }
}
