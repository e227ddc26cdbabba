import { html } from 'lit'
import '../src/charts/chart-stack.ts'
import { forcePanel, riskPanel, speedPanel } from '../src/charts/panels.ts'
import { tripViewOf } from '../src/data/trip-view.ts'
import type { Demo } from './demo.ts'
import { samplePath } from './samples/drive.ts'
import { sampleEvents, sampleTrip } from './samples/trips.ts'

const { table, marks } = tripViewOf(sampleTrip, samplePath.points, [...sampleEvents])
const panels = [speedPanel, forcePanel, riskPanel]

export const demo: Demo = {
  'a trip': () =>
    html`<fm-chart-stack .table=${table} .panels=${panels} .marks=${marks} .label=${'A trip'}></fm-chart-stack>`,
  'one panel': () => html`<fm-chart-stack .table=${table} .panels=${[speedPanel]} .label=${'Speed'}></fm-chart-stack>`,
}
