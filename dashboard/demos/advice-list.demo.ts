import { html } from 'lit'
import '../src/components/advice-list.ts'
import type { Demo } from './demo.ts'
import { sampleReasons } from './samples/reasons.ts'

const lowering = { ...sampleReasons, features: sampleReasons.features.filter(({ shap }) => shap < 0) }

export const demo: Demo = {
  'something can be done': () => html`<fm-advice-list .reasons=${sampleReasons}></fm-advice-list>`,
  'nothing raises the risk': () => html`<fm-advice-list .reasons=${lowering}></fm-advice-list>`,
}
