import type { BitReader, BitWriter } from './bits.ts'

/** A quotient of this many ones says that the number follows in full: the first value, a jump. */
const fullNumber = 12
/** Bits of the length of such a number: up to 2^53. */
const lengthBits = 6
/** After so many numbers the past weighs half, so that the coder follows a car that stops or sets off. */
const memory = 8

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
  let sum = 4
  let count = 1
  const parameter = (): number => {
    let k = 0
    while (count * 2 ** k < sum * 0.7 && k < 40) k++
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
      const quotient = Math.floor(folded / 2 ** k)
      if (quotient < fullNumber) {
        bits.unary(quotient)
        if (k > 0) bits.write(folded % 2 ** k, k)
        learn(folded)
        return
      }
      const length = Math.floor(Math.log2(folded)) + 1
      bits.write(2 ** fullNumber - 1, fullNumber)
      bits.write(length, lengthBits)
      bits.write(folded, length)
    },
    read(bits) {
      const k = parameter()
      const quotient = bits.unary(fullNumber)
      let folded: number
      if (quotient < fullNumber) {
        folded = quotient * 2 ** k + bits.read(k)
        learn(folded)
      } else folded = bits.read(bits.read(lengthBits))
      return folded % 2 === 0 ? folded / 2 : -(folded + 1) / 2
    },
  }
}
