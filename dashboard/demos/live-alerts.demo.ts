import { html } from 'lit'
import '../src/components/live-alerts.ts'
import type { LiveAlert } from '../src/data/merge-alerts.ts'
import type { Demo } from './demo.ts'
import { sampleTrip } from './samples/trips.ts'

const alert: LiveAlert = {
  at: Date.parse(sampleTrip.startAt),
  kind: 'harsh_braking',
  band: 'coach',
  value: 4.2,
  eventId: 'EVT-1',
  tripId: sampleTrip.id,
}

export const demo: Demo = {
  'two alerts': () =>
    html`<fm-live-alerts .alerts=${[{ ...alert, kind: 'speeding', value: 6.2 }, alert]}></fm-live-alerts>`,
  none: () => html`<fm-live-alerts></fm-live-alerts>`,
}
