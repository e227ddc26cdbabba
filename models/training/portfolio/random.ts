/** Seeded randomness of the portfolio: the same seed gives the same people. */
export interface Random {
  /** In [0, 1). */
  uniform(): number
  normal(): number
  poisson(mean: number): number
  chance(probability: number): boolean
}

/** Normal deviates are drawn from so many kept ones: a draw is then a look-up that the cache holds. */
const keptNormals = 1 << 13
const normals = createNormals()

/** Creates a stream of numbers for the `index`th of something. Generator: sfc32 (C. Doty-Humphrey, PractRand). */
export function createRandom(seed: number, index = 0): Random {
  const next = sfc32(seed >>> 0, index >>> 0)
  const uniform = (): number => next() / 0x1_0000_0000
  return {
    uniform,
    normal: () => normals[next() & (keptNormals - 1)]!,
    poisson: (mean) => poissonOf(mean, uniform()),
    chance: (probability) => uniform() < probability,
  }
}

/** The Poisson deviate at a probability: the least count whose distribution function reaches it. */
export function poissonOf(mean: number, probability: number): number {
  let term = Math.exp(-mean)
  let sum = term
  let count = 0
  // Beyond this the rest is smaller than rounding for every mean that occurs.
  const most = mean * 4 + 40
  while (probability > sum && count < most) {
    count++
    term *= mean / count
    sum += term
  }
  return count
}

function sfc32(seed: number, index: number): () => number {
  let a = seed
  let b = index
  let c = 0x9e3779b9
  let counter = 1
  const next = (): number => {
    const sum = (((a + b) | 0) + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (c << 21) | (c >>> 11)
    c = (c + sum) | 0
    return sum >>> 0
  }
  for (let n = 0; n < 15; n++) next()
  return next
}

/** Box and Muller's pairs, once. */
function createNormals(): Float64Array {
  const next = sfc32(20_040, 1)
  const out = new Float64Array(keptNormals)
  for (let n = 0; n < keptNormals; n += 2) {
    const radius = Math.sqrt(-2 * Math.log((next() + 1) / 0x1_0000_0001))
    const angle = (2 * Math.PI * next()) / 0x1_0000_0000
    out[n] = radius * Math.cos(angle)
    out[n + 1] = radius * Math.sin(angle)
  }
  return out
}
