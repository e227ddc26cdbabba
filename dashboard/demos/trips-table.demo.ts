import { html } from 'lit'
import '../src/components/trips-table.ts'
import type { Demo } from './demo.ts'
import { sampleTrip, sampleTrips } from './samples/trips.ts'

const running = {
  ...sampleTrip,
  endAt: null,
  endReason: null,
  distanceM: null,
  durationS: null,
  meanLiveRisk: null,
  events: [],
}

export const demo: Demo = {
  'with one under way': () => html`<fm-trips-table .trips=${[running, ...sampleTrips.slice(0, 7)]}></fm-trips-table>`,
}
