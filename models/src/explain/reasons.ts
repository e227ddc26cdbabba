import type { ReceiptFeature } from '@fairmile/contract/receipt.ts'
import { KMH_PER_MPS } from '@fairmile/contract/units.ts'
import { wordsOf } from './feature-words.ts'

/** One reason for a score, in words. */
export interface Reason {
  feature: string
  /** Stable, for notices of adverse decisions. */
  code: string
  /** A plain sentence. */
  text: string
  /** Null where the feature was unknown. */
  value: number | null
  unit: string
  /** Its part of the margin, natural log. */
  shap: number
  direction: 'raises' | 'lowers'
  /** What the driver can do about it; null where it lowers the risk, could not be judged, or is not to be changed at will. */
  advice: string | null
}

/** What a driver is told: more than these is not read. */
const mostReasons = 5
/** Parts below this move the expected claims by less than half a percent: no reason. */
const leastShap = 0.005

/**
 * The strongest reasons for a score, the strongest first, each with how far it moves the expected claims.
 *
 * @param features what the model saw, with exact SHAP values: exp(shap) is the factor on the claim frequency
 */
export function reasonsOf(features: readonly ReceiptFeature[]): Reason[] {
  return features
    .filter(({ shap }) => Math.abs(shap) >= leastShap)
    .sort((a, b) => Math.abs(b.shap) - Math.abs(a.shap))
    .slice(0, mostReasons)
    .map(reasonOf)
}

/** One feature as a reason, however little it moves. */
export function reasonOf(feature: ReceiptFeature): Reason {
  const { name, value, unit, shap } = feature
  const { code, advice } = wordsOf(name)
  const raises = shap > 0
  return {
    feature: name,
    code,
    text: sentence(feature),
    value,
    unit,
    shap,
    direction: raises ? 'raises' : 'lowers',
    advice: raises && value !== null ? advice : null,
  }
}

function sentence({ name, value, unit, shap }: ReceiptFeature): string {
  const { subject } = wordsOf(name)
  const percent = Math.round(Math.abs(Math.expm1(shap)) * 1000) / 10
  const effect = `${shap > 0 ? 'raises' : 'lowers'} the expected claims by ${percent} %.`
  if (value === null) return `${subject} could not be judged, which ${effect}`
  return `${subject} (${amountOf({ name, value, unit })}) ${effect}`
}

/** The value of a feature with its unit, in words: as many digits as a person reads, and never nothing for what is little. */
export function amountOf({ name, value, unit }: { name: string; value: number; unit: string }): string {
  // What differs between trips is a standard deviation, not a time.
  if (name.endsWith('_between_trips'))
    return unit === 'share' ? `± ${tenths(value * 100)} % of the time` : `± ${measured(value, unit)}`
  if (unit === 'share') return `${tenths(value * 100)} % of the time`
  if (unit === 'share of km') return `${tenths(value * 100)} % of the kilometres`
  if (unit === '1/100 km') return `${tenths(value)} times per 100 km`
  return measured(value, unit)
}

/** A measure: whole km/h and minutes, others with one decimal below ten. */
function measured(value: number, unit: string): string {
  if (unit === 'm/s') return measured(value * KMH_PER_MPS, 'km/h')
  const isWhole = unit === 'km/h' || unit === 'min' || Math.abs(value) >= 10
  return `${isWhole ? Math.round(value) || 0 : tenths(value)} ${unit}`
}

/** One decimal; what is more than nothing and less than that is said to be. */
function tenths(value: number): string {
  const rounded = Math.round(value * 10) / 10 || 0
  return rounded === 0 && value > 0 ? 'under 0.1' : String(rounded)
}
