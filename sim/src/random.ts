/** A seeded source of random numbers; two with one seed give the same numbers on every machine. */
export interface Random {
  /** Uniform in [0, 1). */
  uniform(): number
  /** Uniform in [low, high). */
  range(low: number, high: number): number
  /** Standard normal (Marsaglia's polar method). */
  normal(): number
  /** Exponential with the given mean. */
  exponential(mean: number): number
  /** True with the given probability. */
  chance(probability: number): boolean
  /** One of the choices, each as likely as its weight. */
  pick<T>(choices: readonly (readonly [T, number])[]): T
  /** An independent source for a named purpose: drawing more from one changes no other. */
  fork(name: string): Random
}

/**
 * Creates a random source: sfc32 (C. Doty-Humphrey, PractRand), seeded by a 32-bit FNV-1a hash of seed and name.
 *
 * @param seed any integer
 */
export function createRandom(seed: number, name = ''): Random {
  let a = fnv1a(`${seed}/${name}/a`)
  let b = fnv1a(`${seed}/${name}/b`)
  let c = fnv1a(`${seed}/${name}/c`)
  let counter = 1
  let spare = Number.NaN
  const next = (): number => {
    const sum = (((a + b) | 0) + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (c << 21) | (c >>> 11)
    c = (c + sum) | 0
    return (sum >>> 0) / 4294967296
  }
  for (let warmUp = 0; warmUp < 12; warmUp++) next()
  const normal = (): number => {
    if (!Number.isNaN(spare)) {
      const kept = spare
      spare = Number.NaN
      return kept
    }
    for (;;) {
      const u = 2 * next() - 1
      const v = 2 * next() - 1
      const square = u * u + v * v
      if (square === 0 || square >= 1) continue
      const factor = Math.sqrt((-2 * Math.log(square)) / square)
      spare = v * factor
      return u * factor
    }
  }
  return {
    uniform: next,
    range: (low, high) => low + (high - low) * next(),
    normal,
    exponential: (mean) => -mean * Math.log(1 - next()),
    chance: (probability) => next() < probability,
    pick: (choices) => {
      let left = next() * choices.reduce((total, [, weight]) => total + weight, 0)
      for (const [choice, weight] of choices) {
        left -= weight
        if (left < 0) return choice
      }
      return choices[choices.length - 1]![0]
    },
    fork: (child) => createRandom(seed, `${name}/${child}`),
  }
}

function fnv1a(text: string): number {
  let hash = 0x811c9dc5
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193)
  return hash | 0
}
