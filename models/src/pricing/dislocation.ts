/** Upper ends of the steps in which premium changes are counted, per cent; what changes nothing has a step of its own. */
const edges = [-20, -10, -5, -2, 0, 2, 5, 10, 20] as const

/** How many premiums change by how much. */
export interface Dislocation {
  drivers: number
  cheaper: number
  dearer: number
  /** Mean of the changes, per cent; null without drivers. */
  meanPercent: number | null
  largestPercent: number | null
  steps: { name: string; drivers: number }[]
}

/** The histogram of premium changes, `after` against `before`, in minor units. */
export function dislocationOf(changes: readonly { before: number; after: number }[]): Dislocation {
  const percents = changes.map(({ before, after }) =>
    before === after ? 0 : before === 0 ? Number.POSITIVE_INFINITY : (after / before - 1) * 100,
  )
  const steps = stepNames().map((name) => ({ name, drivers: 0 }))
  for (const percent of percents) steps[stepOf(percent)]!.drivers += 1
  const byAmount = percents.toSorted((a, b) => Math.abs(b) - Math.abs(a))
  return {
    drivers: changes.length,
    cheaper: percents.filter((percent) => percent < 0).length,
    dearer: percents.filter((percent) => percent > 0).length,
    meanPercent: percents.length > 0 ? percents.reduce((sum, percent) => sum + percent, 0) / percents.length : null,
    largestPercent: byAmount[0] ?? null,
    steps,
  }
}

/** Steps: below the first edge, between edges, unchanged in the middle, above the last. */
function stepNames(): string[] {
  const falls = edges.filter((edge) => edge <= 0)
  const rises = edges.filter((edge) => edge >= 0)
  const told = (edge: number): string => (edge < 0 ? `−${-edge}` : `${edge}`)
  return [
    `below ${told(falls[0]!)} %`,
    ...falls.slice(1).map((edge, n) => `${told(falls[n]!)} to ${told(edge)} %`),
    'unchanged',
    ...rises.slice(1).map((edge, n) => `${told(rises[n]!)} to ${told(edge)} %`),
    `above ${told(rises.at(-1)!)} %`,
  ]
}

function stepOf(percent: number): number {
  const below = edges.filter((edge) => edge <= 0)
  if (percent === 0) return below.length
  if (percent < 0) return below.filter((edge) => edge <= percent).length
  const above = edges.filter((edge) => edge > 0)
  return below.length + 1 + above.filter((edge) => edge < percent).length
}
