import fitted from './fit.json' with { type: 'json' }
import type { RoadClass } from './road-classes.ts'

/** What `fit.py` found in one class of road. A count is a bin of a histogram in seconds, a time, or a number of events. */
export interface ClassFit {
  /** Names of the counts: `speedHistS.3`, `stops`, `event.harsh_braking.coach`. */
  counts: string[]
  /** Of each count: the log of its rate a moving second, then the effects of the latents and of the squared ones. */
  effects: number[][]
  /** Of each count: variance over mean. */
  dispersions: number[]
  /** Of each count: the highest rate a moving second that any simulated driver had. */
  most: number[]
  /** Of each count: its loadings on the common factors of a trip. */
  loadings: number[][]
  /** What sums are of what the middles of the bins would give. */
  moments: Record<'speedSum' | 'speedSquareSum' | 'aLongSquareSum' | 'aLatSquareSum' | 'jerkSquareSum', number>
}

/** The generator's parameters, fitted to physically simulated drives. */
export interface Fit {
  drives: number
  hours: number
  latents: {
    names: string[]
    /** Standard normal already; the others are on the log. */
    signed: boolean[]
    mean: number[]
    deviation: number[]
    cholesky: number[][]
    squared: string[]
    widest: number
  }
  /** Of each count the part of its unexplained variance that stays with a person: their car, their box. */
  stays: Record<string, number>
  classes: Record<RoadClass, ClassFit>
}

export const fit: Fit = fitted
