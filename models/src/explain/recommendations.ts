import { driverFeaturesNamed } from '../features/driver.ts'
import type { Manifest } from '../scoring/manifest.ts'
import type { Infer } from '../scoring/scorer.ts'
import { familyOf } from './feature-families.ts'
import { wordsOf } from './feature-words.ts'
import { amountOf } from './reasons.ts'
import { whatIf } from './what-if.ts'
import { changeRow, ImpossibleChange } from './what-if-changes.ts'

/** One habit that a driver could change, and what it would do. */
export interface Recommendation {
  readonly feature: string
  readonly family: string
  /** What to do. */
  readonly advice: string
  /** What it would change, in a plain sentence. */
  readonly text: string
  readonly from: number
  readonly to: number
  readonly unit: string
  /** Of the risk, after − before, with its 90 % interval: negative is better. */
  readonly difference: { readonly risk: number; readonly low: number; readonly high: number }
}

/** More than these are not followed. */
const most = 3
/** What lowers the risk by less than this is not worth a habit. */
const leastRisk = 0.5
/** As whom one could drive: the third decile of the portfolio, of what is better when it is less. */
const calmDecile = 3

/**
 * The few habits that would lower a driver's risk most, the strongest first and one of each family; none where nothing would.
 *
 * Asked as what-ifs: each feature that has advice, and of which the driver has more than the calmer three tenths of the training
 * portfolio, is brought there. The model is monotone in all of them, so following advice never costs anything.
 *
 * @param row the model's features in its order, NaN where unknown
 */
export async function recommendationsOf(
  { manifest, infer }: { manifest: Manifest; infer: Infer },
  { row, judgedKm }: { row: Float32Array; judgedKm: number },
): Promise<Recommendation[]> {
  const found: Recommendation[] = []
  for (const [index, { name, unit, monotone }] of driverFeaturesNamed(manifest.features).entries()) {
    const { advice, subject } = wordsOf(name)
    const from = row[index]!
    const to = manifest.reference?.features[name]?.quantiles[calmDecile]
    if (advice === null || monotone !== 1 || to === undefined || !(from > to)) continue
    const after = changedRow(manifest.features, row, { feature: name, to })
    if (!after) continue
    const { difference } = await whatIf({ manifest, infer }, { before: row, after, judgedKm })
    const { risk, low, high } = difference
    if (!(risk <= -leastRisk)) continue
    const text = `${subject}: from ${amountOf({ name, value: from, unit })} to ${amountOf({ name, value: to, unit })}, as three of ten drivers have it, would raise the safety score by about ${told(-risk)} (${told(-high)} to ${told(-low)}).`
    found.push({
      feature: name,
      family: familyOf(name).id,
      advice,
      text,
      from,
      to,
      unit,
      difference: { risk, low, high },
    })
  }
  found.sort((a, b) => a.difference.risk - b.difference.risk)
  const families = new Set<string>()
  return found.filter(({ family }) => !families.has(family) && families.add(family)).slice(0, most)
}

function changedRow(features: readonly string[], row: Float32Array, change: { feature: string; to: number }) {
  try {
    return changeRow(features, row, [change]).row
  } catch (error) {
    if (error instanceof ImpossibleChange) return null
    throw error
  }
}

const told = (points: number): string => String(Math.round(points * 10) / 10 || 0)
