import type { DriverReasons, FeatureReason } from '@fairmile/contract/http/reasons.ts'
import { wordsOf } from '@fairmile/models/explain/feature-words.ts'
import { css, html, nothing } from 'lit'
import { base } from '../styles/base.ts'
import { decimal, nbsp } from '../words/figures.ts'
import { elementWith } from './element.ts'

/** More advice than this is not followed. */
const mostAdvice = 3
/** What moves the expected claims by less than a percent is not worth a habit. */
const leastShap = 0.01

/** What a driver can do about their score, and what counts without anything to be done about it. */
export class AdviceList extends elementWith({ reasons: null as DriverReasons | null }) {
  static styles = [
    base,
    css`
      li { display: grid; grid-template-columns: 2rem minmax(0, 1fr); gap: var(--space-3); padding: var(--space-3) 0; }
      li + li { border-top: 1px solid var(--line); }
      li:first-child { padding-top: 0; }
      .number { display: grid; place-items: center; width: 2rem; height: 2rem; border-radius: 50%; background: var(--brand-wash); color: var(--brand); font-weight: 650; font-size: var(--size-1); }
      .soft { display: block; margin-top: 2px; }
      .fixed { margin-top: var(--space-3); padding-top: var(--space-3); border-top: 1px solid var(--line); }
      .fixed p + p { margin-top: var(--space-1); }
    `,
  ]

  override render() {
    const raising = (this.reasons?.features ?? []).filter(({ shap, value }) => shap >= leastShap && value !== null)
    const advised = raising.filter(({ advice }) => advice !== null).slice(0, mostAdvice)
    const fixed = raising.filter(({ noAdvice }) => noAdvice !== null).slice(0, 2)
    return html`${
      advised.length === 0
        ? html`<p>Nothing that you can change from one day to the next raises your risk above the average just now.</p>`
        : html`<ol>${advised.map(
            (reason, index) =>
              html`<li><span class="number">${index + 1}</span><div>${reason.advice}<span class="soft">${because(reason)}</span></div></li>`,
          )}</ol>`
    }${
      fixed.length === 0
        ? nothing
        : html`<div class="fixed"><h3>Counts too, without advice</h3>${fixed.map(
            ({ feature, noAdvice, shap }) =>
              html`<p class="soft">${wordsOf(feature).subject}, ${percent(shap)}: ${noAdvice}.</p>`,
          )}</div>`
    }`
  }
}
customElements.define('fm-advice-list', AdviceList)

function because({ feature, shap }: FeatureReason): string {
  return `${wordsOf(feature).subject} raises your expected claims by ${decimal(Math.expm1(shap) * 100, 1)}${nbsp}%`
}

const percent = (shap: number): string => `+${decimal(Math.expm1(shap) * 100, 1)}${nbsp}%`
