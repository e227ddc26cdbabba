import { html } from 'lit'
import '../src/components/without-events.ts'
import type { Demo } from './demo.ts'
import { sampleWhatIf } from './samples/reasons.ts'

export const demo: Demo = {
  asked: () =>
    html`<fm-without-events .count=${3} .answer=${sampleWhatIf} .ask=${async () => sampleWhatIf}></fm-without-events>`,
  'not asked': () =>
    html`<fm-without-events .count=${1} .ask=${() => Promise.reject(new Error('this is a demo'))}></fm-without-events>`,
}
