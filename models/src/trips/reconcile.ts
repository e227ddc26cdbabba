import type { TripAccount } from './trip-account.ts'

/** Distances that differ by no more than this agree: one look a second instead of ten, and rounding, are far within it. */
const toleranceShare = 0.03
const toleranceM = 100
/** With fewer of its seconds the cloud's distance is a lower bound, not a measurement. */
const leastCompleteness = 0.98

/** What the car's distance and the cloud's say of one another: `incomplete` where too little has come to say. */
export type Agreement = 'agrees' | 'differs' | 'incomplete'

/** The car's distance of a trip against the cloud's, metres. */
export interface Reconciliation {
  carM: number
  cloudM: number
  /** By how much they may differ. */
  toleranceM: number
  verdict: Agreement
}

/** Compares the distance that the car says with that of its own seconds. The cloud's may be too short by what is missing; never too long. */
export function reconcile(carM: number, { distanceM, completeness }: TripAccount): Reconciliation {
  const allowedM = Math.max(toleranceM, toleranceShare * Math.max(carM, distanceM))
  const found = { carM, cloudM: distanceM, toleranceM: allowedM }
  if (distanceM > carM + allowedM) return { ...found, verdict: 'differs' }
  if (completeness === null || completeness < leastCompleteness) return { ...found, verdict: 'incomplete' }
  return { ...found, verdict: distanceM < carM - allowedM ? 'differs' : 'agrees' }
}
