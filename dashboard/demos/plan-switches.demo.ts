import { html } from 'lit'
import '../src/components/plan-switches.ts'
import type { Demo } from './demo.ts'
import { sampleSecondPlan } from './samples/plans.ts'
import { samplePlan } from './samples/pricing.ts'

export const demo: Demo = {
  'with jurisdictions': () => html`<fm-plan-switches .plan=${sampleSecondPlan}></fm-plan-switches>`,
  'of the first format': () => html`<fm-plan-switches .plan=${samplePlan}></fm-plan-switches>`,
}
