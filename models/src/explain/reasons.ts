import type { ReceiptFeature } from '@fairmile/contract/receipt.ts'
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

/** The value of a feature with its unit, in words. */
export function amountOf({ name, value, unit }: { name: string; value: number; unit: string }): string {
  // What differs between trips is a standard deviation, not a time.
  if (name.endsWith('_between_trips'))
    return unit === 'share' ? `± ${rounded(value * 100, 1)} % of the time` : `± ${rounded(value, 2)} ${unit}`
  if (unit === 'share') return `${rounded(value * 100, 1)} % of the time`
  if (unit === 'share of km') return `${rounded(value * 100, 1)} % of the kilometres`
  if (unit === '1/100 km') return `${rounded(value, 1)} times per 100 km`
  return `${rounded(value, 2)} ${unit}`
}

function rounded(value: number, digits: number): number {
  return Math.round(value * 10 ** digits) / 10 ** digits
}
