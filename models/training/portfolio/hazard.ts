import { type Person, roadShares } from './person.ts'
import type { Random } from './random.ts'
import { type RoadClass, roadClasses } from './road-classes.ts'

/** The expected claims of one driver, from what is latent: nothing that our features compute comes in. */
export interface Hazard {
  /** Expected at-fault claims per kilometre that driving explains; for third parties, and for the own car as well. */
  claimsPerKm: number
  /** What nothing explains, a factor on the claims of mean one. */
  frailty: number
}

/**
 * Claims of the median driver: third-party claims of 0.074 a year (freMTPL2 of CASdatasets: 26,444 claims with an amount in
 * 358,499 policy years) over 12,000 km a year (French fleet surveys).
 */
const basePerKm = 0.074 / 12_000
/** Injury accidents grow with the square of the mean speed (G. Nilsson, Lund Bulletin 221, 2004: power model). */
const speedPower = 2
/**
 * High-g drivers crash more (B. Simons-Morton et al., Am. J. Epidemiology 175, 2012: r = 0.60 of elevated g-force events and crashes or
 * near-crashes). That haste has an effect beside its speeds and gaps is theirs, its size, a log hazard of 0.15 a standard deviation, is
 * our assumption.
 */
const hasteLogHazard = 0.15
/** Following habits influence rear-end crashes (X. Wang et al., Accid. Anal. Prev. 164, 106502 (2021)); the power is our assumption. */
const gapPower = 0.4
/** Reaching for, answering or dialling a phone: relative risk 2.84 (C. Farmer et al., Traffic Injury Prevention 16 (2015), 100-Car Study). */
const phoneRisk = 2.84
/** Crash odds while looking away are about doubled (T. Dingus et al., PNAS 113, 2636 (2016): OR 2.0 for all distraction). */
const awayRisk = 2
/** Reaction and misjudgement: in the simulator, near-crashes of clumsy drivers are more frequent; the size is our assumption. */
const clumsyLogHazard = 0.15
/**
 * Claims a kilometre by road, relative to towns. Motorways are the safest roads by kilometres, towns the worst (Destatis and BASt: injury
 * accidents differ by more than ten); claims of all kinds differ less, and these are our assumption.
 */
const roadRisk: Record<RoadClass, number> = { town: 1, country: 0.7, motorway: 0.45 }
/** Mean speeds that turn time into kilometres, km/h. */
const roadKmh: Record<RoadClass, number> = { town: 35, country: 70, motorway: 110 }
/**
 * Fatal crashes per mile at night: 3.13 times the day's (Accid. Anal. Prev. 142, 105576 (2020), table 2). Claims of all kinds rise less:
 * the square root is our assumption.
 */
const nightRisk = Math.sqrt(3.13)
const nightHours = [23, 0, 1, 2, 3]
/** What nothing explains: gamma frailty with variance 0.4, as in heterogeneity models of claim counts. */
const frailtyShape = 2.5

/** Computes the hazard of a driver. @param random draws the frailty */
export function hazardOf({ latents: d, habits }: Person, random: Random): Hazard {
  const away = Math.min(0.3, (d.lapsesPerHour! * (d.lapseS! + 0.4)) / 3600)
  const behaviour =
    d.speedFactor! ** speedPower *
    Math.exp(hasteLogHazard * d.haste! + clumsyLogHazard * d.clumsiness!) *
    (d.timeGapS! / 1.35) ** -gapPower *
    (1 + habits.phoneShare * (phoneRisk - 1)) *
    (1 + away * (awayRisk - 1))
  const time = roadShares(habits.roadLogits)
  let km = 0
  let risk = 0
  for (const name of roadClasses) {
    km += time[name] * roadKmh[name]
    risk += time[name] * roadKmh[name] * roadRisk[name]
  }
  const night = nightHours.reduce((sum, hour) => sum + habits.hours[hour]!, 0)
  const place = (risk / km) * (1 + night * (nightRisk - 1))
  return { claimsPerKm: basePerKm * behaviour * place, frailty: gamma(frailtyShape, random) / frailtyShape }
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
