import { type Fit, fit } from './fit-data.ts'
import type { Random } from './random.ts'
import { type RoadClass, roadClasses } from './road-classes.ts'

/** Latent parameters of a driver by name, as the simulator draws them. */
export type Latents = Record<string, number>

/** A driver with what is latent: how they drive, when, where, and what their box can see. */
export interface Person {
  latents: Latents
  /** Standardised latents and the squares of some: what the fit's effects are of. */
  design: Float64Array
  habits: Habits
  box: Box
}

/** When, where and how far somebody drives. */
export interface Habits {
  kmPerYear: number
  /** Median minutes of a trip. */
  tripMinutes: number
  /** Logits of the time in each class of road. */
  roadLogits: Record<RoadClass, number>
  /** Logit of the part of the time in towns that is stop and go. */
  crawlLogit: number
  /** Weights of the moving time by hour of the day; they add up to one. */
  hours: number[]
  weekendShare: number
  /** Share of the moving time with a phone in the hand. */
  phoneShare: number
}

/** What the box of this car can see. */
export interface Box {
  hasImu: boolean
  /** Share of the way on which events can be graded. */
  gradable: number
  /** Share of the way on which speeding can be graded A: its limit is posted, and sure. */
  limitKnown: number
}

/** Hours of the day: to work and back, through the day, at night. Shapes after household travel surveys; the mix is a person's own. */
const dayShapes: readonly (readonly number[])[] = [
  [0, 0, 0, 0, 1, 4, 14, 22, 10, 3, 2, 2, 3, 3, 4, 9, 20, 21, 10, 5, 3, 2, 1, 1],
  [0, 0, 0, 0, 0, 1, 2, 4, 8, 12, 13, 12, 11, 11, 12, 11, 9, 7, 5, 4, 3, 2, 1, 1],
  [10, 8, 6, 5, 5, 3, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 3, 4, 5, 7, 9, 11, 12, 12],
]
const shapes = dayShapes.map((weights) => weights.map((weight) => weight / weights.reduce((a, b) => a + b, 0)))

/** The part of the limits that are known of which a map is sure; our assumption. */
const sureLimits = 0.5

/** Draws a person. */
export function drawPerson(random: Random, from: Fit = fit): Person {
  const latents = drawLatents(random, from)
  const inattention = latents.inattention ?? 0
  return {
    latents,
    design: designOf(latents, from),
    habits: {
      kmPerYear: Math.min(60_000, Math.max(2000, 11_500 * Math.exp(0.24 * random.normal()))),
      tripMinutes: 17 * Math.exp(0.35 * random.normal()),
      roadLogits: {
        town: 0.7 + 1.1 * random.normal(),
        country: 0.45 + 0.6 * random.normal(),
        motorway: -1 + 0.9 * random.normal(),
      },
      crawlLogit: -1.9 + 1.2 * random.normal(),
      hours: drawHours(random),
      weekendShare: logistic(-1 + 0.5 * random.normal()),
      phoneShare: Math.min(0.35, 0.02 * Math.exp(0.8 * inattention + 0.4 * random.normal())),
    },
    box: {
      hasImu: random.chance(0.97),
      gradable: logistic(2.2 + 0.8 * random.normal()),
      limitKnown: random.chance(0.9) ? sureLimits * logistic(2 + 0.7 * random.normal()) : 0,
    },
  }
}

/** Standardised latents and the squares of some, in the fit's order. */
export function designOf(latents: Latents, { latents: about }: Fit = fit): Float64Array {
  const standard = about.names.map((name, n) => {
    const value = latents[name] ?? Number.NaN
    const scaled = about.signed[n] ? value : Math.log(value)
    const z = (scaled - about.mean[n]!) / about.deviation[n]!
    return Math.max(-about.widest, Math.min(about.widest, z))
  })
  const squares = about.squared.map((name) => standard[about.names.indexOf(name)]! ** 2)
  return Float64Array.from([...standard, ...squares])
}

function drawLatents(random: Random, { latents: { names, signed, mean, cholesky } }: Fit): Latents {
  const z = names.map(() => random.normal())
  return Object.fromEntries(
    names.map((name, n) => {
      const value = cholesky[n]!.reduce((sum, part, m) => sum + part * z[m]!, mean[n]!)
      return [name, signed[n] ? value : Math.exp(value)]
    }),
  )
}

function drawHours(random: Random): number[] {
  const weights = softmax([1 + random.normal(), 0.8 + random.normal(), -1.2 + 1.2 * random.normal()])
  return Array.from({ length: 24 }, (_, hour) => shapes.reduce((sum, shape, n) => sum + weights[n]! * shape[hour]!, 0))
}

/** Shares of the classes of road by their logits. */
export function roadShares(logits: Record<RoadClass, number>): Record<RoadClass, number> {
  const shares = softmax(roadClasses.map((name) => logits[name]))
  return { town: shares[0]!, country: shares[1]!, motorway: shares[2]! }
}

function softmax(logits: readonly number[]): number[] {
  const powers = logits.map(Math.exp)
  const sum = powers.reduce((a, b) => a + b, 0)
  return powers.map((power) => power / sum)
}

/** A share by its logit. */
export function logistic(x: number): number {
  return 1 / (1 + Math.exp(-x))
}
