import type { Random } from '../random.ts'

/** What makes one driver different from another: latent, known to the truth alone. */
export interface Temperament {
  /** Standard normal factors that the rest is drawn from: haste, inattention, lack of anticipation. */
  haste: number
  inattention: number
  clumsiness: number
  /** Wanted speed on a free road relative to the limit. */
  speedFactor: number
  /** IDM: time gap (s), standstill gap (m), wanted acceleration and comfortable deceleration (m/s²). */
  timeGapS: number
  standstillGapM: number
  accelerationMps2: number
  decelerationMps2: number
  /** Lateral acceleration accepted in bends, m/s², and how far single bends are misjudged (log-normal sigma). */
  corneringMps2: number
  misjudgement: number
  /** Largest change of the pedals, m/s³. */
  jerkMps3: number
  reactionS: number
  /** Looks away: times an hour and mean length in seconds. */
  lapsesPerHour: number
  lapseS: number
  /** Brakes for a yellow light when this deceleration suffices, m/s². */
  yellowMps2: number
  /** Wander in the lane, standard deviation in metres; seconds a lane change takes. */
  wanderM: number
  laneChangeS: number
}

/**
 * Draws a driver. Medians: IDM acceleration and deceleration of passenger cars 1.0–1.5 and 1.5–2.0 m/s² (M. Treiber and
 * A. Kesting, Traffic Flow Dynamics, 2013, chapter 11; field values T 1.0–1.6 s, s0 2 m); comfortable lateral acceleration about
 * 1.8–2.5 m/s² with hasty drivers up to 4–5 (G. Reymond et al., Human Factors 43, 483 (2001)); brake reaction 0.75–1.5 s
 * (M. Green, Transportation Human Factors 2, 2000); glances over 2 s away from the road (S. Klauer et al., 100-Car Study,
 * DOT HS 810 594, 2006); free speeds near the limit with about 10 % spread (as European speed surveys find).
 * Spreads are log-normal with the factor loadings written here.
 *
 * @param haste standard normal score of a driver sought out. @default drawn
 */
export function drawTemperament(random: Random, haste: number = random.normal()): Temperament {
  const inattention = 0.2 * haste + Math.sqrt(1 - 0.04) * random.normal()
  const clumsiness = random.normal()
  const spread = (median: number, loading: number, rest: number, low: number, high: number): number =>
    Math.min(high, Math.max(low, median * Math.exp(loading + rest * random.normal())))
  return {
    haste,
    inattention,
    clumsiness,
    speedFactor: spread(1.0, 0.07 * haste, 0.03, 0.82, 1.35),
    timeGapS: spread(1.35, -0.22 * haste, 0.12, 0.5, 2.6),
    standstillGapM: spread(2.2, -0.1 * haste, 0.15, 1, 4),
    accelerationMps2: spread(1.45, 0.36 * haste, 0.12, 0.7, 5.6),
    decelerationMps2: spread(1.6, 0.24 * haste + 0.1 * clumsiness, 0.1, 0.9, 4.2),
    corneringMps2: spread(2.1, 0.24 * haste, 0.12, 1.1, 5.2),
    misjudgement: spread(0.07, 0.35 * clumsiness, 0.1, 0.02, 0.2),
    jerkMps3: spread(3, 0.25 * haste + 0.15 * clumsiness, 0.15, 1.2, 10),
    reactionS: spread(0.95, 0.12 * clumsiness - 0.04 * haste, 0.1, 0.6, 1.8),
    lapsesPerHour: spread(8, 0.8 * inattention, 0.3, 0.5, 80),
    lapseS: spread(1.7, 0.2 * inattention, 0.15, 0.8, 4.5),
    yellowMps2: spread(2.9, -0.15 * haste, 0.15, 1.6, 4.5),
    wanderM: spread(0.18, 0.2 * inattention, 0.15, 0.08, 0.5),
    laneChangeS: spread(5, -0.2 * haste, 0.12, 2.4, 8),
  }
}
