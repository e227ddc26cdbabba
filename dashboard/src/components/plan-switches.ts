import type { RatingPlan } from '@fairmile/contract/rating-plan.ts'
import { css, html, nothing } from 'lit'
import { base } from '../styles/base.ts'
import { planFacts, switchWords } from '../words/plan-words.ts'
import { elementWith } from './element.ts'

/** What a rating plan does, and what the law of each place makes of it, in words. */
export class PlanSwitches extends elementWith({ plan: null as RatingPlan | null }) {
  static styles = [
    base,
    css`
      dl { font-size: var(--size-1); }
      dl > div { display: grid; grid-template-columns: minmax(7rem, 1fr) 3fr; gap: var(--space-3); padding: var(--space-2) 0; }
      dl > div + div { border-top: 1px solid var(--line); }
      dt { color: var(--ink-soft); }
      .places { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(17rem, 100%), 1fr)); gap: var(--space-5); margin-top: var(--space-5); }
      .places ul { font-size: var(--size-1); display: grid; gap: var(--space-1); margin: var(--space-2) 0; }
      .places li { padding-left: var(--space-3); border-left: 2px solid var(--line); }
    `,
  ]

  override render() {
    const { plan } = this
    if (!plan) return nothing
    return html`<dl>${planFacts(plan).map(({ title, says }) => html`<div><dt>${title}</dt><dd>${says}</dd></div>`)}</dl>
      ${
        plan.jurisdictions
          ? html`<div class="places">${plan.jurisdictions.map(
              (place) => html`<section><h3>${place.code}</h3>
                <ul>${switchWords(place).map((words) => html`<li>${words}</li>`)}</ul><p class="soft">${place.notes}</p></section>`,
            )}</div>`
          : html`<p class="soft">It knows no jurisdictions: it prices alike everywhere.</p>`
      }`
  }
}
customElements.define('fm-plan-switches', PlanSwitches)
