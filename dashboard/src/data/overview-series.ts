import type { AdminOverview } from '@fairmile/contract/http/admin-overview.ts'

interface Series {
  label: string
  colour: string
  values: number[]
}

/** Kinds of events in the order in which they are stacked; tamper is rare and stands with crashes. */
const kinds: readonly { label: string; colour: string; of: readonly string[] }[] = [
  { label: 'hard brakes', colour: '--s-speed', of: ['harsh_braking'] },
  { label: 'corners', colour: '--s-lat', of: ['harsh_cornering', 'harsh_lane_change'] },
  { label: 'accelerations', colour: '--s-long', of: ['harsh_acceleration'] },
  { label: 'speeding', colour: '--risk-1', of: ['speeding'] },
  { label: 'phone', colour: '--s-limit', of: ['phone_use'] },
  { label: 'crashes and tampering', colour: '--risk-4', of: ['crash', 'tamper'] },
]

/** Events by kind, a value a day; kinds that did not happen are left out. */
export function eventSeries({ activity, events }: Pick<AdminOverview, 'activity' | 'events'>): Series[] {
  const place = new Map(activity.map(({ day }, index) => [day, index]))
  return kinds.flatMap(({ label, colour, of }) => {
    const values = activity.map(() => 0)
    for (const { day, kind, events: count } of events) {
      const at = place.get(day)
      if (at !== undefined && of.includes(kind)) values[at] = (values[at] ?? 0) + count
    }
    return values.some((value) => value > 0) ? [{ label, colour, values }] : []
  })
}

/** Drivers by safety score in the colours of the risk; two bins of ten a colour, the riskiest first. */
export function scoreSeries(bins: readonly number[]): Series[] {
  const words = ['high risk', 'raised', 'middling', 'fairly low', 'low risk']
  return words.map((label, step) => ({
    label,
    colour: `--risk-${4 - step}`,
    values: bins.map((drivers, bin) => (Math.floor(bin / 2) === step ? drivers : 0)),
  }))
}
