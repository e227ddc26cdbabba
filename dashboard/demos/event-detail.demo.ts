import { html } from 'lit'
import '../src/components/event-detail.ts'
import type { Demo } from './demo.ts'
import { sampleCrash, sampleEventDetail, sampleEvents } from './samples/trips.ts'

const [brake, corner] = sampleEvents.map(sampleEventDetail)

export const demo: Demo = {
  'grade A': () => html`<fm-event-detail .event=${brake}></fm-event-detail>`,
  'grade B': () => html`<fm-event-detail .event=${corner}></fm-event-detail>`,
  crash: () => html`<fm-event-detail .event=${sampleCrash()}></fm-event-detail>`,
  'no trace': () =>
    html`<fm-event-detail .event=${{ ...brake, trace: null, grade: 'B', gradeReasons: ['no_trace'] }}></fm-event-detail>`,
}
