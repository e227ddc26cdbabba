import { html } from 'lit'
import '../src/components/kpi-tile.ts'
import type { Demo } from './demo.ts'

export const demo: Demo = {
  'a figure': () =>
    html`<fm-kpi-tile .name=${'Drivers'} .value=${'412'} .beside=${'27 without a score'} .href=${'/drivers'}></fm-kpi-tile>`,
  'with its unit': () =>
    html`<fm-kpi-tile .name=${'Driven today'} .value=${'5,312'} .unit=${'km'} .beside=${'307 trips'}></fm-kpi-tile>`,
  'not known yet': () => html`<fm-kpi-tile .name=${'Mean safety score'} .value=${'–'} .beside=${'of 0'}></fm-kpi-tile>`,
}
