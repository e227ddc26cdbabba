import { type BitWriter, bitsAt, onesAt } from './bits.ts'

/** A quotient of this many ones says that the number follows in full: a jump. The first number always does. */
const fullNumber = 12
/** Bits of the length of such a number: up to 2^53. */
const lengthBits = 6
/** At this many numbers the past is halved, so that the coder follows a car that stops or sets off. */
const memory = 6
/** From the mean of folded numbers to the power of two that codes them shortest; both found on recorded drives. */
const meanToScale = 0.75

/** Keeps `2 ** k` times a count exact in a number. */
const maxParameter = 40
/** Up to here a number with its quotient fits into 31 bits, and the engine's fast integers do. */
const wordParameter = 24
const powers = Array.from({ length: maxParameter + 1 }, (_, k) => 2 ** k)

/** Follows the size of residuals and codes each in about as many bits as it deserves. */
export interface RiceWriter {
  write(residual: number, bits: BitWriter): void
}

/**
 * Adaptive Golomb–Rice coding of signed integers (R. F. Rice 1979; the adaptation is that of JPEG-LS, ITU-T T.87 A.5).
 *
 * Residuals of sensor columns are nearly Laplacian, for which this is within a few per cent of the entropy, without
 * a table to send: what general compressors spend on a batch of 60.
 */
export function createRiceWriter(): RiceWriter {
  let first = true
  let sum = 4
  let count = 1
  return {
    write(residual, bits) {
      const folded = residual >= 0 ? residual * 2 : -residual * 2 - 1
      const k = parameterOf(count, sum)
      const scale = powers[k]!
      const quotient = Math.floor(folded / scale)
      if (!first && quotient < fullNumber) {
        bits.unary(quotient)
        bits.write(folded % scale, k)
        sum += folded
        count++
        if (count < memory) return
        sum /= 2
        count /= 2
        return
      }
      if (!first) bits.write(2 ** fullNumber - 1, fullNumber)
      first = false
      const length = folded === 0 ? 0 : Math.floor(Math.log2(folded)) + 1
      bits.write(length, lengthBits)
      bits.write(folded, length)
    },
  }
}

/**
 * Reads as many residuals as the array has room for, from bit `start` on; gives the bit behind them.
 * @throws {RangeError} past the end
 */
export function readResiduals(bytes: Uint8Array, start: number, residuals: number[]): number {
  let at = start
  let sum = 4
  let count = 1
  for (let i = 0; i < residuals.length; i++) {
    const quotient = i === 0 ? fullNumber : onesAt(bytes, at, fullNumber)
    if (i > 0) at += quotient < fullNumber ? quotient + 1 : quotient
    if (quotient === fullNumber) {
      const length = bitsAt(bytes, at, lengthBits)
      residuals[i] = unfold(bitsAt(bytes, at + lengthBits, length))
      at += lengthBits + length
      continue
    }
    const k = parameterOf(count, sum)
    const rest = bitsAt(bytes, at, k)
    at += k
    const folded = k <= wordParameter ? (quotient << k) | rest : quotient * powers[k]! + rest
    residuals[i] = k <= wordParameter ? (folded >>> 1) ^ -(folded & 1) : unfold(folded)
    sum += folded
    count++
    if (count < memory) continue
    sum /= 2
    count /= 2
  }
  return at
}

function parameterOf(count: number, sum: number): number {
  let k = 0
  for (let reach = count; reach < sum * meanToScale && k < maxParameter; reach *= 2) k++
  return k
}

const unfold = (folded: number): number => (folded % 2 === 0 ? folded / 2 : -(folded + 1) / 2)
