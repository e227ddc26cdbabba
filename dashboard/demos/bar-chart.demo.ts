import { html } from 'lit'
import '../src/charts/bar-chart.ts'
import { eventSeries, scoreSeries } from '../src/data/overview-series.ts'
import type { Demo } from './demo.ts'
import { sampleOverview } from './samples/admin.ts'

const days = sampleOverview.activity.map(({ day }) => day.slice(5))

export const demo: Demo = {
  stacked: () =>
    html`<fm-bar-chart .names=${days} .series=${eventSeries(sampleOverview)} .label=${'Events a day'}></fm-bar-chart>`,
  bins: () =>
    html`<fm-bar-chart .names=${sampleOverview.scores.bins.map((_, bin) => `${bin * 10}`)} .series=${scoreSeries(sampleOverview.scores.bins)}
      .of=${'Safety score'} .label=${'Drivers by score'}></fm-bar-chart>`,
  'nothing yet': () =>
    html`<fm-bar-chart .names=${days} .series=${[{ label: 'trips', colour: '--brand', values: days.map(() => 0) }]} .label=${'Trips'}></fm-bar-chart>`,
}
