import type { ReceiptStep } from '@fairmile/contract/receipt.ts'
import { counted, decimal, kilometres, money, nbsp, percent } from './figures.ts'

/** A step of the arithmetic as people say it. */
export interface StepWords {
  title: string
  why: string
  /** The value is taken off, so it is shown with a minus. */
  takenOff?: boolean
}

const known: Record<string, StepWords> = {
  days: { title: 'Days of the term so far', why: 'What stands still is insured by the day, driven or not.' },
  distance: { title: 'Driven this term', why: 'All kilometres of all trips of the term.' },
  gradable: {
    title: 'Of it judged with full evidence',
    why: 'Only where every sensor agreed, and the place of the sensor box was known, can anything be held against you.',
  },
  clean: {
    title: 'Of it in clean trips',
    why: 'Trips without an event that counts. Stops of less than ten minutes do not cut a trip in two.',
  },
  model_relativity: {
    title: 'Expected claims against the average',
    why: 'The model compares how you drive with all drivers. 100 % is the average, less is better.',
  },
  capped_relativity: { title: 'Within the limits of the plan', why: 'The plan says how far it may go up or down.' },
  relativity_credibility: {
    title: 'How much your own driving says',
    why: 'Few kilometres say little, so the rest is taken from the average driver.',
  },
  relativity: { title: 'Your factor', why: 'Both together: what the price of each kilometre is multiplied with.' },
  discount_credibility: {
    title: 'How much of the discount is in reach',
    why: 'It grows with the kilometres judged; one clean trip does not earn all of it.',
  },
  clean_share: { title: 'Share of clean kilometres', why: 'Clean kilometres by all kilometres.' },
  discount: { title: 'Your discount', why: 'The most the plan gives, times the clean share, times what is in reach.' },
  standing_charge: {
    title: 'Insurance while standing',
    why: 'Theft, hail and the like: no way of driving changes them.',
  },
  other_distance_charge: {
    title: 'Kilometres, not depending on driving',
    why: 'Cover by distance that behaviour does not touch.',
  },
  usage_charge: { title: 'Kilometres at the average price', why: 'Liability and collision, before how you drive.' },
  behaviour_adjustment: { title: 'Because of how you drive', why: 'Your factor applied to the kilometres.' },
  clean_discount: { title: 'Taken off for clean trips', why: 'Your discount on the kilometres.', takenOff: true },
  minimum: { title: 'Least price of the plan', why: 'So much each day at least.' },
  sum: {
    title: 'All together',
    why: 'Standing, kilometres and adjustment, less the discount, and never below the least price.',
  },
  before_discount: { title: 'It would be without the discount', why: 'For comparison.' },
  computed: { title: 'All together, in cents', why: 'Rounded once, at the end.' },
  before: {
    title: 'It was at the last receipt',
    why: 'A term never gets cheaper by driving more, so this is the floor.',
  },
  highest_before: {
    title: 'The most it was after any trip before',
    why: 'A term never gets cheaper by driving more, so this is the floor.',
  },
  carried_relativity: { title: 'Your factor at the start', why: 'What the plan carries on from the term before.' },
  premium: { title: 'Your premium, this term so far', why: 'The larger of the two lines above.' },
  maximum_discount: {
    title: 'Most that can be taken off',
    why: 'What the plan gives, or the law of your place where that is less.',
  },
  behaviour_factor: {
    title: 'Factor and discount together',
    why: 'What driving alone would make of the price of each kilometre.',
  },
  term_start_factor: { title: 'Where the term began', why: 'Before the change within it; its limits go on.' },
  start_factor: {
    title: 'Where this policy began',
    why: 'One in a first term; else what the term before came to, or what counted when the policy was changed.',
  },
  factor_in_force: {
    title: 'What counts of it now',
    why: 'The price may move by only so much in a term, and a rise is told first.',
  },
  notice_distance: {
    title: 'Of it driven in the days of notice',
    why: 'No rise touches these kilometres, also after these days; a fall does.',
  },
  change_adjustment: { title: 'Held near where the term began', why: 'What the limit of change adds or takes off.' },
  payable: { title: 'To pay, with fees and tax', why: 'They stand outside: no way of driving scales them.' },
  billed_before: { title: 'Billed before', why: 'What you were asked for until this receipt, less what you got back.' },
  waived_before: { title: 'Waived before', why: 'What the time billed cost more, and nobody asked you for.' },
  cost_of_billed: {
    title: 'The time billed, by all that is known now',
    why: 'Trips may come late and rulings may take events away, so the time billed is worked out anew.',
  },
  waived_now: {
    title: 'Waived now',
    why: 'It came out dearer than it was billed. That is not your doing, so you are not asked for it.',
  },
  returned_now: {
    title: 'Given back now',
    why: 'It came out cheaper than it was billed, so you get the difference back at once.',
  },
  charged_now: { title: 'Billed now', why: 'What the period that is over adds.' },
  billed: { title: 'Billed to date', why: 'What you were asked for in this term, less what you got back.' },
  waived: { title: 'Waived to date', why: 'It belongs to the price of the term, but is never asked for.' },
  to_be_billed: {
    title: 'To be billed',
    why: 'Your premium less what is billed and waived: it comes with the next bills.',
  },
  month: { title: 'A month like this would cost', why: 'The month that the plan quotes, at your factor and discount.' },
}

/** How steps that have a name of their own begin. */
const ofCoverage = 'model_relativity of '
const outside = /^(fee|tax|class \w+): (.*)$/

/** What a step of the receipt is in everyday words, and why it is there; an unknown one goes by its own name. */
export function stepWords(name: string): StepWords {
  const words = name.replaceAll('_', ' ')
  if (name.startsWith(ofCoverage))
    return {
      title: `Expected claims on ${name.slice(ofCoverage.length)}`,
      why: 'How you drive moves the claims on each cover by as much as it did in the past.',
    }
  const [, kind = '', what = ''] = outside.exec(name) ?? []
  if (what !== '')
    return kind.startsWith('class')
      ? { title: `${words.slice(6, 7).toUpperCase()}${words.slice(7)}`, why: 'A factor of the plan on the base price.' }
      : { title: what.charAt(0).toUpperCase() + what.slice(1), why: 'Outside the premium, whatever is driven.' }
  return known[name] ?? { title: words.charAt(0).toUpperCase() + words.slice(1), why: '' }
}

/** Steps that everyone should see; the others are the way between them. */
export const mainSteps: ReadonlySet<string> = new Set([
  'distance',
  'relativity',
  'discount',
  'standing_charge',
  'usage_charge',
  'behaviour_adjustment',
  'clean_discount',
  'premium',
  'billed',
  'to_be_billed',
  'month',
])

/** The value of a step with the unit that people use. */
export function stepValue(
  { name, unit, value }: Pick<ReceiptStep, 'name' | 'unit' | 'value'>,
  currency: string,
): string {
  const signed = stepWords(name).takenOff ? -value : value
  switch (unit) {
    case 'm':
      return `${kilometres(signed)}${nbsp}km`
    case 'ppm':
      return percent(signed, 1)
    case 'days':
      return counted(signed, 'day')
    case 'micro':
      return money(Math.round(signed / 1e6), currency)
    case 'minor':
      return money(signed, currency)
  }
}

const exactUnits: Record<ReceiptStep['unit'], string> = {
  m: 'metres',
  ppm: 'parts per million',
  days: 'days',
  micro: 'millionths of a cent',
  minor: 'cents',
}

/** The value exactly as it is kept: an integer and what it counts. */
export const exactValue = ({ unit, value }: Pick<ReceiptStep, 'unit' | 'value'>): string =>
  `${decimal(value)} ${exactUnits[unit]}`
