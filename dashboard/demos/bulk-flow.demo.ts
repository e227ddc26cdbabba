import { html } from 'lit'
import '../src/components/bulk-flow.ts'
import type { Demo } from './demo.ts'
import { samplePreview, sampleRun, sampleRunItems } from './samples/admin.ts'

const body = { policies: { ids: ['POL-0001'] }, toPlan: 'fairmile-2' }
const does = (count: number) => `Renew ${count} policies so`

/** A dialog covers the others: one state at a time. */
export const demo: Demo = {
  'what became of it, over what would change': () => html`
    <fm-bulk-flow .body=${body} .does=${does} .preview=${samplePreview}></fm-bulk-flow>
    <fm-bulk-flow .body=${body} .does=${does} .preview=${samplePreview} .run=${sampleRun} .items=${sampleRunItems}></fm-bulk-flow>`,
}
