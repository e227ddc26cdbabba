import { html } from 'lit'
import '../src/components/reason-bars.ts'
import type { Demo } from './demo.ts'
import { sampleReasons } from './samples/reasons.ts'

const money = {
  currency: 'EUR',
  minor: new Map(sampleReasons.features.map(({ feature, shap }) => [feature, shap * 900])),
}
const none = { ...sampleReasons, features: sampleReasons.features.map((reason) => ({ ...reason, shap: 0 })) }

export const demo: Demo = {
  'with money': () => html`<fm-reason-bars .reasons=${sampleReasons} .money=${money}></fm-reason-bars>`,
  'before the first receipt': () => html`<fm-reason-bars .reasons=${sampleReasons}></fm-reason-bars>`,
  'nothing moves it': () => html`<fm-reason-bars .reasons=${none}></fm-reason-bars>`,
}
