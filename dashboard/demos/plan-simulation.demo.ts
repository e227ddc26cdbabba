import { html } from 'lit'
import '../src/components/plan-simulation.ts'
import type { Demo } from './demo.ts'
import { sampleSimulation, sampleSimulationOfNone } from './samples/plans.ts'

export const demo: Demo = {
  'a portfolio': () => html`<fm-plan-simulation .simulation=${sampleSimulation}></fm-plan-simulation>`,
  'nothing to price': () => html`<fm-plan-simulation .simulation=${sampleSimulationOfNone}></fm-plan-simulation>`,
}
