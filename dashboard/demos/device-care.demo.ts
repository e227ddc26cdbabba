import { html } from 'lit'
import '../src/components/device-care.ts'
import type { Demo } from './demo.ts'
import { sampleCare } from './samples/people.ts'

const nowMs = Date.parse('2026-03-31T18:00:00Z')
const view = (care: object) => () =>
  html`<fm-device-care .care=${{ ...sampleCare, ...care }} .nowMs=${nowMs}></fm-device-care>`

export const demo: Demo = {
  'needs a look': view({}),
  'all is well': view({ report: { ...sampleCare.report, findings: sampleCare.report!.findings.slice(0, 2) } }),
  'no report yet': view({ report: null, commands: [] }),
  'never online': view({ report: null, state: null, commands: [] }),
}
