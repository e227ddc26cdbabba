import type { Temperament } from '../driver/temperament.ts'
import type { Random } from '../random.ts'

/** The expected claims of one driver, from what is latent; nothing that our features compute comes in. */
export interface Hazard {
  /** Expected at-fault claims per kilometre. */
  claimsPerKm: number
  /** The same relative to the median driver, and the part no sensor can see. */
  relative: number
  frailty: number
}

/**
 * Claims of the median driver: third-party claims of 0.074 a year (freMTPL2 of CASdatasets: 26,444 claims with an amount in
 * 358,499 policy years) over 12,000 km a year (French fleet surveys).
 */
const BASE_PER_KM = 0.074 / 12_000
/** Injury accidents grow with the square of the mean speed (G. Nilsson, Lund Bulletin 221, 2004: power model). */
const SPEED_POWER = 2
/** Crash odds while looking away are about doubled (T. Dingus et al., PNAS 113, 2636 (2016): OR 2.0 for all distraction). */
const DISTRACTED_ODDS = 2
/**
 * Kinematic riskiness: high-g drivers crash more (B. Simons-Morton et al., Am. J. Epidemiology 175, 2012: r = 0.60 of
 * elevated g-force events and crashes or near-crashes); a log-hazard of 0.3 a standard deviation of haste beside its
 * speeds, and the gap to the car ahead by the same reasoning.
 */
const HASTE_LOG_HAZARD = 0.3
const GAP_POWER = 0.4
/** Reaction time and misjudgement: a small part of it. */
const CLUMSY_LOG_HAZARD = 0.15
/** What nothing explains: gamma frailty with variance 0.4, as in heterogeneity models of claim counts. */
const FRAILTY_SHAPE = 2.5

/** Computes the hazard of a driver. @param random draws the frailty */
export function hazardOf(driver: Temperament, random: Random): Hazard {
  const away = Math.min(0.3, (driver.lapsesPerHour * (driver.lapseS + 0.4)) / 3600)
  const relative =
    driver.speedFactor ** SPEED_POWER *
    (1 + away * (DISTRACTED_ODDS - 1)) *
    Math.exp(0.25 * driver.inattention) *
    Math.exp(HASTE_LOG_HAZARD * driver.haste + CLUMSY_LOG_HAZARD * driver.clumsiness) *
    (driver.timeGapS / 1.35) ** -GAP_POWER
  const frailty = gamma(FRAILTY_SHAPE, random) / FRAILTY_SHAPE
  return { claimsPerKm: BASE_PER_KM * relative * frailty, relative, frailty }
}

/** Marsaglia and Tsang, ACM TOMS 26 (2000), for a shape of at least one. */
function gamma(shape: number, random: Random): number {
  const d = shape - 1 / 3
  const c = 1 / Math.sqrt(9 * d)
  for (;;) {
    const x = random.normal()
    const v = (1 + c * x) ** 3
    if (v <= 0) continue
    if (Math.log(1 - random.uniform()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v
  }
}
