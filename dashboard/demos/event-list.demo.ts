import { html } from 'lit'
import '../src/components/event-list.ts'
import type { Demo } from './demo.ts'
import { sampleEvents } from './samples/trips.ts'

export const demo: Demo = {
  'one is chosen': () => html`<fm-event-list .events=${sampleEvents} .chosenId=${sampleEvents[0]!.id}></fm-event-list>`,
  'none is': () => html`<fm-event-list .events=${sampleEvents}></fm-event-list>`,
}
