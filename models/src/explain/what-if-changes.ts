import { driverFeaturesNamed } from '../features/driver.ts'
import { apart, partsOf, rangeOf } from './what-if-links.ts'

/** One feature as it would be: another value, or so many times the present one. */
export type FeatureChange = { readonly feature: string } & ({ readonly to: number } | { readonly times: number })

/** A feature whose value is another than before. */
export interface ChangedFeature {
  feature: string
  /** Null where it was unknown. */
  from: number | null
  to: number
  /** It was not asked for: it is a part of one that was, or has one as its part, and went along as far as it had to. */
  carried: boolean
}

/** A change that cannot be; every reason at once. */
export class ImpossibleChange extends RangeError {
  readonly problems: readonly string[]

  constructor(problems: readonly string[]) {
    super(`changing features: ${problems.join('; ')}`)
    this.name = 'ImpossibleChange'
    this.problems = problems
  }
}

/** What sums of shares may be beyond their whole by rounding: rows are float32. */
const tolerance = 1e-5

/**
 * A row of driver features with changes.
 *
 * What must stay consistent does: a part that would be larger than its whole (braking above 0.3 g, braking above 0.2 g) takes the other
 * one along, only as far as it must, and `changed` says so. Where both were asked for, or shares of one time would be more than all of
 * it, the change is refused. Root mean squares and event rates are not tied to shares: they depend on what is no feature, so that a
 * change of one alone tells what this one does to the score.
 *
 * @param features names in the order of the row
 * @param row NaN is unknown
 * @throws ImpossibleChange for a feature that the model has not, a value out of its range, a multiple of an unknown value, the same
 * feature twice, or values that exclude each other
 */
export function changeRow(
  features: readonly string[],
  row: Float32Array,
  changes: readonly FeatureChange[],
): { row: Float32Array; changed: ChangedFeature[] } {
  const problems: string[] = []
  const after = Float32Array.from(row)
  const asked = new Set<string>()
  for (const change of changes) {
    const { feature } = change
    const index = features.indexOf(feature)
    if (index < 0) problems.push(`"${feature}" is no feature of this model`)
    else if (asked.has(feature)) problems.push(`"${feature}" is changed twice`)
    else {
      const problem = changeValue(after, index, change)
      if (problem !== null) problems.push(problem)
    }
    asked.add(feature)
  }
  if (problems.length > 0) throw new ImpossibleChange(problems)

  const carried = carryParts(features, after, asked, problems)
  for (const names of apart) {
    const known = names.filter((name) => !Number.isNaN(valueIn(features, after, name)))
    const sum = known.reduce((total, name) => total + valueIn(features, after, name), 0)
    const isNew = known.some((name) => asked.has(name) || carried.has(name))
    if (isNew && sum > 1 + tolerance)
      problems.push(`"${known.join('", "')}" are shares of one time, and would be ${percent(sum)} of it together`)
  }
  if (problems.length > 0) throw new ImpossibleChange(problems)

  const changed = features.flatMap((feature, index): ChangedFeature[] => {
    if (!asked.has(feature) && !carried.has(feature)) return []
    const from = row[index]!
    return [{ feature, from: Number.isNaN(from) ? null : from, to: after[index]!, carried: carried.has(feature) }]
  })
  return { row: after, changed }
}

/** Changes one value in place; what is wrong with it, or null. */
function changeValue(row: Float32Array, index: number, change: FeatureChange): string | null {
  const { feature } = change
  const { unit } = driverFeaturesNamed([feature])[0]!
  const { least, most } = rangeOf(unit)
  const before = row[index]!
  if ('times' in change && Number.isNaN(before)) return `"${feature}" is not known, so it has no multiple; give a value`
  const value = 'to' in change ? change.to : change.times * before
  if (!(value >= least && value <= most))
    return `"${feature}" would be ${value} ${unit}; it lies between ${least} and ${most}`
  row[index] = value
  return null
}

/** Takes parts and wholes along, in place; adds what excludes each other to the problems. */
function carryParts(
  features: readonly string[],
  row: Float32Array,
  asked: ReadonlySet<string>,
  problems: string[],
): Set<string> {
  const carried = new Set<string>()
  for (const [part, whole] of partsOf) {
    const [small, large] = [valueIn(features, row, part), valueIn(features, row, whole)]
    if (!(small > large) || !(asked.has(part) || asked.has(whole))) continue
    if (asked.has(part) && asked.has(whole)) {
      problems.push(`"${part}" is a part of "${whole}", and would be larger`)
      continue
    }
    const follower = asked.has(whole) ? part : whole
    row[features.indexOf(follower)] = asked.has(whole) ? large : small
    carried.add(follower)
  }
  return carried
}

function valueIn(features: readonly string[], row: Float32Array, name: string): number {
  return row[features.indexOf(name)] ?? Number.NaN
}

function percent(share: number): string {
  return `${Math.round(share * 1000) / 10} %`
}
