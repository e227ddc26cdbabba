import type { PlanSimulation as Simulation } from '@fairmile/contract/http/plans.ts'
import { css, html, nothing } from 'lit'
import { base } from '../styles/base.ts'
import { counted, decimal, money, nbsp, percent } from '../words/figures.ts'
import { elementWith } from './element.ts'

/** What a plan would do to the portfolio: totals, whose premium changes by how much, and both ways to be clean. */
export class PlanSimulation extends elementWith({ simulation: null as Simulation | null }) {
  static styles = [
    base,
    css`
      .heads { display: grid; grid-template-columns: repeat(auto-fit, minmax(8.5rem, 1fr)); gap: var(--space-4); margin-bottom: var(--space-5); }
      .heads b { display: block; font-size: var(--size-3); }
      .parts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(19rem, 100%), 1fr)); gap: var(--space-5); }
      h3 { margin-bottom: var(--space-2); }
      li { display: grid; grid-template-columns: 6.5rem minmax(0, 1fr) 3.5rem; gap: var(--space-3); align-items: center; font-size: var(--size-1); padding: 3px 0; }
      li > b { text-align: right; font-variant-numeric: tabular-nums; }
      .bar { display: block; width: 100%; height: 14px; fill: var(--line); }
      .fall { fill: var(--brand); }
      .rise { fill: var(--risk-3); }
      .note { margin-top: var(--space-3); max-width: 60ch; }
      tr[aria-current] td { font-weight: 600; }
    `,
  ]

  override render() {
    const { simulation } = this
    if (!simulation) return nothing
    const { currency, beforeMinor, afterMinor, offBalance, policies, distanceKm, notRated, dislocation } = simulation
    const change = (value: number | null): string =>
      value === null ? '–' : `${value > 0 ? '+' : ''}${decimal(value, 1)}${nbsp}%`
    return html`<div class="heads">
        <div><span class="soft">Policies</span><b>${decimal(policies)}</b></div>
        <div><span class="soft">Kilometres</span><b>${decimal(distanceKm)}</b></div>
        <div><span class="soft">Total now</span><b>${money(beforeMinor, currency)}</b></div>
        <div><span class="soft">Total with the plan</span><b>${money(afterMinor, currency)}</b></div>
        <div><span class="soft">Off-balance</span><b>${offBalance ? decimal(offBalance.ratio, 3) : '–'}</b></div>
        <div><span class="soft">Would balance it</span><b>${offBalance ? `× ${decimal(offBalance.balancingFactor, 3)}` : '–'}</b></div>
      </div>
      <div class="parts">
        <section><h3>${decimal(dislocation.cheaper)} fall, ${decimal(dislocation.dearer)} rise; mean ${change(dislocation.meanPercent)}</h3>${histogram(simulation)}</section>
        <section>${unitTable(simulation)}${coverageTable(simulation)}</section>
      </div>
      ${overlap(simulation)}
      ${notRated.map(({ reason, policies: n }) => html`<p class="soft note">Left out: ${counted(n, 'policy', 'policies')}, ${reason}.</p>`)}`
  }
}
customElements.define('fm-plan-simulation', PlanSimulation)

function histogram({ dislocation: { steps } }: Simulation) {
  const most = Math.max(1, ...steps.map(({ drivers }) => drivers))
  const middle = steps.findIndex(({ name }) => name === 'unchanged')
  return html`<ul>${steps.map(
    ({ name, drivers }, n) => html`<li><span>${name}</span>
      <svg class="bar" viewBox="0 0 100 14" preserveAspectRatio="none" aria-hidden="true"><rect class=${n < middle ? 'fall' : n > middle ? 'rise' : ''} width=${(100 * drivers) / most} height="14" /></svg><b>${decimal(drivers)}</b></li>`,
  )}</ul>`
}

function unitTable({ cleanUnits, plan, currency }: Simulation) {
  return html`<h3>What must be clean</h3><table><thead><tr><th scope="col">Unit</th><th scope="col" class="number">Clean km</th><th scope="col" class="number">Discount</th><th scope="col" class="number">Total</th></tr></thead>
    <tbody>${(['trip', 'stretch'] as const).map((unit) => {
      const { cleanSharePpm, discountMinor, totalMinor } = cleanUnits[unit]
      return html`<tr aria-current=${unit === plan.cleanUnit ? 'true' : nothing}><td>${unit === 'trip' ? 'Trip' : '10 km'}</td>
        <td class="number">${cleanSharePpm === null ? '–' : percent(cleanSharePpm)}</td><td class="number">${money(discountMinor, currency)}</td><td class="number">${money(totalMinor, currency)}</td></tr>`
    })}</tbody></table>`
}

function coverageTable({ coverages, currency }: Simulation) {
  return html`<table><thead><tr><th scope="col">Coverage</th><th scope="col" class="number">Now</th><th scope="col" class="number">With the plan</th></tr></thead>
    <tbody>${coverages.map(
      ({ name, beforeMinor, afterMinor }) =>
        html`<tr><td>${name}</td><td class="number">${money(beforeMinor, currency)}</td><td class="number">${money(afterMinor, currency)}</td></tr>`,
    )}</tbody></table>`
}

function overlap({ events, currency }: Simulation) {
  const { relativityMinor, discountMinor, jointlyMinor } = events
  return html`<p class="note">Events that count cost ${money(relativityMinor, currency)} by the factor alone and
    ${money(discountMinor, currency)} by the discount alone; both together make ${jointlyMinor === 0 ? 'no difference beyond that' : `${money(Math.abs(jointlyMinor), currency)} ${jointlyMinor < 0 ? 'less' : 'more'}`}.</p>`
}
