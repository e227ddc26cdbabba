import type { BitReader, BitWriter } from './bits.ts'

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
export interface RiceCoder {
  write(residual: number, bits: BitWriter): void
  read(bits: BitReader): number
}

/**
 * Adaptive Golomb–Rice coding of signed integers (R. F. Rice 1979; the adaptation is that of JPEG-LS, ITU-T T.87 A.5).
 *
 * Residuals of sensor columns are nearly Laplacian, for which this is within a few per cent of the entropy, without
 * a table to send: what general compressors spend on a batch of 60.
 */
export function createRiceCoder(): RiceCoder {
  let first = true
  let sum = 4
  let count = 1
  const parameter = (): number => {
    let k = 0
    for (let reach = count; reach < sum * meanToScale && k < maxParameter; reach *= 2) k++
    return k
  }
  const learn = (folded: number) => {
    sum += folded
    count++
    if (count < memory) return
    sum /= 2
    count /= 2
  }
  return {
    write(residual, bits) {
      const folded = residual >= 0 ? residual * 2 : -residual * 2 - 1
      const k = parameter()
      const scale = powers[k]!
      const quotient = Math.floor(folded / scale)
      if (!first && quotient < fullNumber) {
        bits.unary(quotient)
        bits.write(folded % scale, k)
        learn(folded)
        return
      }
      if (!first) bits.write(2 ** fullNumber - 1, fullNumber)
      first = false
      const length = folded === 0 ? 0 : Math.floor(Math.log2(folded)) + 1
      bits.write(length, lengthBits)
      bits.write(folded, length)
    },
    read(bits) {
      const k = parameter()
      const quotient = first ? fullNumber : bits.unary(fullNumber)
      first = false
      if (quotient === fullNumber) return unfold(bits.read(bits.read(lengthBits)))
      if (k <= wordParameter) {
        const folded = (quotient << k) | bits.read(k)
        learn(folded)
        return (folded >>> 1) ^ -(folded & 1)
      }
      const folded = quotient * powers[k]! + bits.read(k)
      learn(folded)
      return unfold(folded)
    },
  }
}

const unfold = (folded: number): number => (folded % 2 === 0 ? folded / 2 : -(folded + 1) / 2)
