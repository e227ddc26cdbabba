import { html } from 'lit'
import '../src/components/bulk-flow.ts'
import type { Demo } from './demo.ts'
import { samplePreview, sampleRun, sampleRunItems } from './samples/admin.ts'

const body = { policies: { ids: ['POL-0001'] }, toPlan: 'fairmile-2' }
const does = (count: number) => `Renew ${count} policies so`

/** A dialog covers the others: one state at a time. */
export const demo: Demo = {
  'followed after the dialog was closed': () =>
    html`<fm-bulk-flow .behind=${[{ ...sampleRun, id: 'BLK-000000000002', state: 'running', counts: { ...sampleRun.counts, waiting: 3 } }, sampleRun]}></fm-bulk-flow>`,
  'what became of it, over what would change': () => html`
    <fm-bulk-flow .body=${body} .does=${does} .preview=${samplePreview}></fm-bulk-flow>
    <fm-bulk-flow .body=${body} .does=${does} .preview=${samplePreview} .run=${sampleRun} .items=${sampleRunItems}></fm-bulk-flow>`,
}
