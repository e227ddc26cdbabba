import { html } from 'lit'
import '../src/components/plan-simulation.ts'
import type { Demo } from './demo.ts'
import { sampleSimulation } from './samples/plans.ts'

const nothingThere = {
  ...sampleSimulation,
  policies: 0,
  distanceKm: 0,
  beforeMinor: 0,
  afterMinor: 0,
  offBalance: null,
  notRated: [{ reason: 'rating by plan "fairmile-2": the policy names no jurisdiction', policies: 3 }],
}

export const demo: Demo = {
  'a portfolio': () => html`<fm-plan-simulation .simulation=${sampleSimulation}></fm-plan-simulation>`,
  'nothing to price': () => html`<fm-plan-simulation .simulation=${nothingThere}></fm-plan-simulation>`,
}
