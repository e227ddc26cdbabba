import type { PlanSimulation } from '@fairmile/contract/http/plans.ts'

const barWidth = 30

/** Prints what a plan would do for people to read, and the hash that a submitted one is approved by. */
export function printSimulation({ hash, ...simulation }: PlanSimulation & { hash?: string }): void {
  const { plan, policies, distanceKm, notRated, offBalance, beforeMinor, afterMinor, events } = simulation
  const money = moneyOf(simulation.currency)
  const lines = [
    `${plan.id} ${plan.version} over ${policies} ${policies === 1 ? 'policy' : 'policies'}, ${distanceKm} km`,
    ...(hash === undefined ? [] : [`Hash              ${hash}`]),
    `Total so far      ${money(beforeMinor)} → ${money(afterMinor)}`,
    offBalance
      ? `Off-balance       ${offBalance.ratio.toFixed(4)}; rates × ${offBalance.balancingFactor.toFixed(4)} bring as much as before`
      : 'Off-balance       no premiums to compare',
    '',
    ...histogramOf(simulation),
    '',
    ...changesOf(simulation),
    ...unitsOf(simulation),
    '',
    ...table(
      ['Coverage', 'before', 'after'],
      simulation.coverages.map(({ name, beforeMinor: was, afterMinor: is }) => [name, money(was), money(is)]),
    ),
    '',
    'What counted events cost',
    `  by the relativity alone ${money(events.relativityMinor)}, by the discount alone ${money(events.discountMinor)}, jointly ${money(events.jointlyMinor)}`,
    ...notRated.map(({ reason, policies: n }) => `Left out: ${n} ${n === 1 ? 'policy' : 'policies'} (${reason})`),
  ]
  process.stdout.write(`${lines.join('\n')}\n`)
}

const told = (percent: number | null): string => (percent === null ? '–' : `${percent.toFixed(1)} %`)

function histogramOf({
  dislocation: { cheaper, dearer, meanPercent, largestPercent, steps },
}: PlanSimulation): string[] {
  const most = Math.max(1, ...steps.map(({ drivers }) => drivers))
  const width = Math.max(...steps.map(({ name }) => name.length))
  return [
    `Premiums          ${cheaper} fall, ${dearer} rise; mean ${told(meanPercent)}, largest ${told(largestPercent)}`,
    ...steps.map(
      ({ name, drivers }) =>
        `  ${name.padEnd(width)}  ${'█'.repeat(Math.ceil((drivers / most) * barWidth)).padEnd(barWidth)} ${drivers}`,
    ),
  ]
}

/** Whose premiums change the most, rises first. */
function changesOf({ largest, currency }: PlanSimulation): string[] {
  const money = moneyOf(currency)
  return (['rises', 'falls'] as const).flatMap((way) => {
    const changes = largest?.[way] ?? []
    if (changes.length === 0) return []
    const rows = changes.map(({ policyId, driverId, beforeMinor, afterMinor, percent }) => [
      ...[policyId, driverId, money(beforeMinor), money(afterMinor)],
      told(percent),
    ])
    return [...table([`Largest ${way}`, 'driver', 'before', 'after', 'change'], rows), '']
  })
}

function unitsOf({ cleanUnits, plan, currency }: PlanSimulation): string[] {
  const money = moneyOf(currency)
  const rows = (['trip', 'stretch'] as const).map((unit) => {
    const { totalMinor, discountMinor, cleanSharePpm } = cleanUnits[unit]
    const share = cleanSharePpm === null ? '–' : `${(cleanSharePpm / 10_000).toFixed(1)} %`
    return [unit === plan.cleanUnit ? `${unit} (the plan's)` : unit, share, money(discountMinor), money(totalMinor)]
  })
  return table(['Clean unit', 'clean km', 'discount', 'total'], rows)
}

/** Aligned columns, the first to the left. */
function table(head: string[], rows: string[][]): string[] {
  const widths = head.map((name, n) => Math.max(name.length, ...rows.map((row) => row[n]?.length ?? 0)))
  return [head, ...rows].map((row) =>
    row.map((cell, n) => (n === 0 ? cell.padEnd(widths[n]!) : cell.padStart(widths[n]!))).join('  '),
  )
}

const moneyOf = (currency: string) => {
  const format = new Intl.NumberFormat('en-IE', { style: 'currency', currency })
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2
  return (minor: number): string => format.format(minor / 10 ** digits)
}
