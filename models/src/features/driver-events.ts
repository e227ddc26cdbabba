import type { EventKind } from '@fairmile/contract/driving-event.ts'
import type { DriverFeature } from './driver-feature.ts'
import { eventRate } from './rates.ts'

const rate = (kind: EventKind, reason: string): DriverFeature => ({
  name: `${kind}_rate`,
  unit: '1/100 km',
  monotone: 1,
  formula: 'grade A events ≥ coach ÷ gradable distance',
  reason,
  value: ({ total }) => eventRate(total, kind),
})

/** How often something happened that has evidence. */
export const eventFeatures: readonly DriverFeature[] = [
  rate('harsh_braking', 'late reaction, short gaps'),
  rate('harsh_acceleration', 'haste'),
  rate('harsh_cornering', 'grip used up'),
  rate('harsh_lane_change', 'late decisions'),
  rate('speeding', 'stretches driven above the limit'),
]
