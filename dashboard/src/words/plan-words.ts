import type { Jurisdiction, RatingFactor, RatingPlan } from '@fairmile/contract/rating-plan.ts'
import { counted, money, nbsp, percent } from './figures.ts'

/** A fact of a plan: what it is about, and what the plan says. */
export interface PlanFact {
  title: string
  says: string
}

const factorWords: Record<RatingFactor, string> = {
  harshEvents: 'harsh events',
  smoothness: 'smoothness',
  speeding: 'speeding',
  phone: 'phone use',
  night: 'night driving',
  week: 'rush hours and weekends',
  trips: 'kinds of trips and roads',
}

/** What a plan does, in the order in which people ask. */
export function planFacts(plan: RatingPlan): PlanFact[] {
  const { coverages, relativity, discount, minimumPerDayMicro, currency, outside, effectiveFrom, effectiveUntil } = plan
  const micro = (value: number): string => money(Math.round(value / 1e4) / 100, currency)
  const perKm = (value: number): string => `${money(value / 1e4, currency)} for 100${nbsp}km`
  const forgiven = discount.evasiveBrakesPer1000Km ?? 0
  const facts: (PlanFact | null)[] = [
    { title: 'New policies', says: `from ${effectiveFrom}${effectiveUntil ? ` to ${effectiveUntil}` : ' on'}` },
    ...coverages.map(({ name, perKmMicro, perDayMicro, behaviour, claims }) => ({
      title: name.charAt(0).toUpperCase() + name.slice(1),
      says: [
        perKmMicro > 0 ? perKm(perKmMicro) : '',
        perDayMicro > 0 ? `${micro(perDayMicro)} a day` : '',
        behaviour ? 'moved by how the car is driven' : 'whatever the driving',
        claims ? `a claim costs ${money(claims.severityMinor, currency)} on average` : '',
      ]
        .filter(Boolean)
        .join(', '),
    })),
    {
      title: 'Factor',
      says: `${percent(relativity.minPpm)} to ${percent(relativity.surchargeAllowed ? relativity.maxPpm : 1e6)} of the base price`,
    },
    {
      title: 'Discount',
      says: `up to ${percent(discount.maxPpm)} for clean ${discount.cleanUnit === 'trip' ? 'trips' : 'stretches of 10 km'}${
        forgiven > 0 ? `; ${counted(forgiven, 'harsh brake')} in 1,000 km forgiven` : ''
      }`,
    },
    { title: 'At least', says: `${micro(minimumPerDayMicro)} a day` },
    ...(plan.classes ?? []).map(({ name, levels }) => ({
      title: `By ${name}`,
      says: Object.entries(levels)
        .map(([level, ppm]) => `${level} ${percent(ppm)}`)
        .join(', '),
    })),
    outside && outside.fees.length > 0
      ? {
          title: 'Fees',
          says: outside.fees.map(({ name, amountMinor }) => `${name} ${money(amountMinor, currency)}`).join(', '),
        }
      : null,
  ]
  return facts.filter((fact) => fact !== null)
}

/** The switches of a place, a sentence each. */
export function switchWords(place: Jurisdiction): string[] {
  const { mileageOnly, surchargeAllowed, maximumDiscountPpm, factors, change, taxes } = place
  if (mileageOnly) return ['Only kilometres are rated: no factor and no discount.', ...taxWords(taxes)]
  const off = (Object.keys(factorWords) as RatingFactor[]).filter((factor) => !factors[factor])
  const { midTermAllowed, midTermCapPpm, renewalCapPpm, noticeDays } = change
  return [
    surchargeAllowed ? 'A risky driver may pay more than the base price.' : 'Nobody pays more than the base price.',
    `The discount is at most ${percent(maximumDiscountPpm)}.`,
    off.length === 0
      ? 'Everything that the model sees may be rated.'
      : `Not rated: ${off.map((factor) => factorWords[factor]).join(', ')}.`,
    midTermAllowed
      ? `Within a term the price moves ${midTermCapPpm === null ? 'freely' : `by at most ${percent(midTermCapPpm)}`}.`
      : 'How the car is driven changes the price at renewal alone.',
    renewalCapPpm === null
      ? 'At renewal it moves freely.'
      : `At renewal it moves by at most ${percent(renewalCapPpm)}.`,
    ...(noticeDays > 0 ? [`A rise waits for ${counted(noticeDays, 'day')} of notice.`] : []),
    ...taxWords(taxes),
  ]
}

const taxWords = (taxes: Jurisdiction['taxes']): string[] =>
  taxes.map(({ name, ratePpm }) => `${percent(ratePpm)} ${name} on top.`)
