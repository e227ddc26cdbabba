import { type Band, within } from './factor-band.ts'
import { mulDiv, one } from './mul-div.ts'
import type { Step } from './price-step.ts'
import { type StartInput, startFactor } from './start-factor.ts'

interface LimitsInput extends StartInput {
  relativityPpm: number
  discountPpm: number
  days: number
  /** Metres of the term, and those of them that were driven in the days of notice. */
  distanceM: number
  noticeM: number | undefined
}

/** Holds what kilometres cost, in micro, within the least and most that the limits leave of `usage`. */
interface ChangeLimits {
  /** Of kilometres that are driven now. */
  hold(usage: number, charged: number): number
  /** Of the kilometres of the term, each by its own day. */
  holdTerm(usage: number, charged: number): number
  /** What `holdTerm` does, in words. */
  formula: string
}

/**
 * How far behaviour may move the price of a term; null where nothing limits it.
 *
 * Within the term the factor stays within its own limit of where it starts (`startFactor`), or at it where the price may not change mid-term. A rise
 * touches no kilometre that was driven in the days of notice, neither then nor later; a fall touches all at once. Holding is monotone: what costs
 * more without limits never costs less with them.
 */
export function changeLimits(
  step: Step,
  { relativityPpm, discountPpm, days, distanceM, noticeM, ...from }: LimitsInput,
): ChangeLimits | null {
  const { change } = from.terms
  if (!change) return null
  const factor = step(
    'behaviour_factor',
    'ppm',
    'relativity × (1 − discount), rounded half up',
    mulDiv(relativityPpm, one - discountPpm, one),
  )
  const { start, band } = startFactor(step, change, from)
  const limits = days <= change.noticeDays ? { ...band, most: start } : band
  step(
    'factor_in_force',
    'ppm',
    'behaviour_factor within the limit of change in a term; no more than start_factor in the days of notice',
    within(factor, limits),
  )
  const hold = (usage: number, charged: number): number => held(usage, charged, limits)
  const formula = 'what brings usage + adjustment − discount within the limits of change'
  if (noticeM === undefined) return { hold, holdTerm: hold, formula }
  step('notice_distance', 'm', 'Σ distance of the trips that began in the days of notice, rounded to metres', noticeM)
  const ofNotice = (micro: number): number => (distanceM > 0 ? mulDiv(micro, noticeM, distanceM) : 0)
  return {
    hold,
    holdTerm(usage, charged) {
      const [noticeUsage, noticeCharged] = [ofNotice(usage), ofNotice(charged)]
      const ofThese = held(noticeUsage, noticeCharged, { ...band, most: start })
      return ofThese + held(usage - noticeUsage, charged - noticeCharged, band)
    },
    formula: `${formula}; notice_distance ÷ distance of them to no more than start_factor`,
  }
}

function held(usage: number, charged: number, { least, most }: Band): number {
  const above = Math.max(charged, mulDiv(usage, least, one))
  return most === null ? above : Math.min(above, mulDiv(usage, most, one))
}
