import type { User } from '@fairmile/contract/http/auth.ts'
import type { PlanDetail, PlanList, PlanSummary } from '@fairmile/contract/http/plans.ts'
import type { RatingPlan } from '@fairmile/contract/rating-plan.ts'
import { css, html, nothing } from 'lit'
import '../components/plan-simulation.ts'
import '../components/plan-switches.ts'
import { elementWith } from '../components/element.ts'
import { reveal } from '../components/reveal.ts'
import { show } from '../components/view-state.ts'
import { Act } from '../controllers/act.ts'
import { Resource } from '../controllers/resource.ts'
import { api } from '../data/api.ts'
import { base, grid } from '../styles/base.ts'
import { when } from '../words/dates.ts'

/** For admins: rating plans, what one does and would do, and its approval by a second admin. */
export class PlansPage extends elementWith({
  user: null as User | null,
  chosenId: null as string | null,
  told: '',
}) {
  static styles = [
    base,
    grid,
    css`
      :host { font-size: var(--size-1); }
      td { overflow-wrap: anywhere; }
      .id { min-height: 24px; padding: 0; justify-content: start; font: var(--size-0) var(--mono); font-weight: 600; color: var(--brand); background: none; text-decoration: underline; }
      tr[aria-current="true"] td { background: var(--brand-wash); }
      #plan { outline: none; height: auto; }
      form { display: flex; gap: var(--space-3); flex-wrap: wrap; align-items: end; margin-top: var(--space-4); }
      label { display: grid; gap: 4px; flex: 1 1 16rem; color: var(--ink-soft); }
      input { min-height: 44px; font: inherit; color: var(--ink); background: var(--card-solid); border: 1px solid var(--edge); border-radius: var(--radius-small); padding: 0 12px; }
      .hash { margin-top: var(--space-4); }
      code { font: var(--size-0) var(--mono); overflow-wrap: anywhere; }
      @media (max-width: 900px) { .id { min-height: 44px; } .wide { display: none; } }
    `,
  ]

  readonly #act = new Act(this)
  readonly #plans = new Resource<true, PlanList>(this, (_key, signal) => api.plans(signal))
  readonly #plan = new Resource<string, PlanDetail>(this, api.plan)

  override willUpdate(): void {
    this.#plans.want(true)
    this.#plan.want(this.chosenId)
  }

  override render() {
    return html`<div class="grid">
      <header class="page-head"><div><h1>Rating plans</h1><p>What was approved never changes; a changed plan is a new one.</p></div></header>
      <section class="card of-12"><header><h2>Plans</h2></header>${show(this.#plans, {
        what: 'The plans',
        lines: 3,
        isEmpty: ({ items }) => items.length === 0,
        empty: { title: 'No plans.', next: 'A server takes in those of its release when it starts.' },
        content: ({ items }) => this.#table(items),
      })}</section>
      ${this.chosenId === null ? nothing : this.#card(this.chosenId)}</div>`
  }

  #table(items: readonly PlanSummary[]) {
    return html`<table><thead><tr><th scope="col">Plan</th><th scope="col">State</th><th scope="col" class="wide">Title</th>
      <th scope="col" class="wide">Submitted by</th><th scope="col">Approved by</th></tr></thead>
      <tbody>${items.map(
        ({ id, version, state, title, createdBy, approvedBy }) => html`<tr aria-current=${id === this.chosenId}>
          <td><button class="id" @click=${() => this.#choose(id)}>${id}</button> ${version}</td><td><span class="tag">${state}</span></td>
          <td class="wide">${title}</td><td class="wide">${createdBy ?? '–'}</td><td>${approvedBy ?? '–'}</td></tr>`,
      )}</tbody></table>`
  }

  #card(id: string) {
    return html`<section class="card of-12" id="plan" tabindex="-1"><header><h2>What ${id} does</h2>
        <button class="ghost" ?disabled=${this.#act.busy} @click=${() => this.#do('Simulated.', () => api.simulatePlan(id))}>Simulate</button></header>
      ${this.told ? html`<p class="soft" role="status">${this.told}</p>` : nothing}
      ${show(this.#plan, {
        what: 'The plan',
        lines: 8,
        empty: { title: 'No such plan.', next: 'Choose another.' },
        content: (detail) => html`<fm-plan-switches .plan=${detail.plan as unknown as RatingPlan}></fm-plan-switches>
          <p class="soft hash">SHA-256 <code>${detail.hash}</code></p>`,
      })}</section>
      ${this.#plan.value ? this.#outcome(this.#plan.value) : nothing}`
  }

  #outcome(detail: PlanDetail) {
    const { simulation, simulatedAt, changes } = detail
    const now = Date.now()
    return html`<section class="card of-12"><header><h2>What it would do to the portfolio</h2>
        <span class="soft">${simulatedAt ? when(simulatedAt, now) : ''}</span></header>
      ${
        simulation
          ? html`<fm-plan-simulation .simulation=${simulation}></fm-plan-simulation>`
          : html`<p class="soft">Not simulated yet. A draft must be, before it can be approved.</p>`
      }
      ${detail.state === 'draft' ? this.#approval(detail) : nothing}</section>
      <section class="card of-12"><header><h2>What was done with it</h2></header><div class="rows">${changes.map(
        ({ action, by, at, note }) =>
          html`<div class="row"><span><b>${action}</b> by ${by}: ${note}</span><span class="soft">${when(at, now)}</span></div>`,
      )}</div></section>`
  }

  #approval({ id, hash, createdBy, simulation }: PlanDetail) {
    if (createdBy === this.user?.email)
      return html`<p class="soft">You submitted it: another admin must approve it.</p>`
    if (!simulation) return nothing
    return html`<form @submit=${(event: SubmitEvent) => {
      event.preventDefault()
      const note = String(new FormData(event.currentTarget as HTMLFormElement).get('note') ?? '')
      void this.#do(`${id} is approved: policies may be written under it.`, () => api.approvePlan(id, { hash, note }))
    }}><label>Why, for those who ask later<input name="note" required maxlength="500" autocomplete="off"></label>
      <button ?disabled=${this.#act.busy}>Approve ${id}</button></form>`
  }

  async #choose(id: string): Promise<void> {
    this.chosenId = id
    this.told = ''
    await reveal(this, '#plan')
  }

  async #do(done: string, work: () => Promise<unknown>): Promise<void> {
    if (this.#act.busy) return
    this.told = 'Working…'
    const isDone = await this.#act.do(async () => {
      await work()
      this.told = done
      await Promise.all([this.#plans.reload(), this.#plan.reload()])
    })
    if (!isDone) this.told = `That could not be done: ${this.#act.error}`
  }
}
customElements.define('fm-plans-page', PlansPage)
