import type { Contest, ContestDetail } from '@fairmile/contract/http/contests.ts'
import { css, html, nothing } from 'lit'
import { base } from '../styles/base.ts'
import {
  givenBackWords,
  reasonWords,
  rulerWords,
  saidWords,
  scoreWords,
  standing,
  stateWords,
  versionWords,
} from '../words/contest-words.ts'
import { when } from '../words/dates.ts'
import { decimal, money, nbsp } from '../words/figures.ts'
import { elementWith } from './element.ts'

/** A contest: how it stands, what the driver wrote, what was ruled and why, and what it did to score and premium. */
export class ContestCard extends elementWith({
  contest: null as Contest | ContestDetail | null,
  /** Takes it back; null where that cannot be done. */
  withdraw: null as (() => Promise<void>) | null,
  failure: '',
  nowMs: 0,
}) {
  static styles = [
    base,
    css`
      :host { font-size: var(--size-1); }
      .head { display: flex; flex-wrap: wrap; gap: var(--space-2) var(--space-3); align-items: center; margin-bottom: var(--space-2); }
      .tag.upheld { border-color: var(--brand); color: var(--brand); }
      .tag.rejected { border-color: var(--risk-3); color: var(--risk-3); }
      blockquote { margin: var(--space-3) 0; padding-left: var(--space-3); border-left: 3px solid var(--line); overflow-wrap: anywhere; white-space: pre-line; }
      table { margin-top: var(--space-3); max-width: 480px; }
      caption { text-align: left; color: var(--ink-soft); padding-bottom: var(--space-1); }
      table + p, details { margin-top: var(--space-3); }
      td, th { padding: 6px 8px; }
      button { margin-top: var(--space-3); }
      p + p { margin-top: var(--space-2); }
    `,
  ]

  override render() {
    const { contest } = this
    if (!contest) return nothing
    const now = this.nowMs || Date.now()
    const { state, reason, text, limitKmh, settledAt, rulings } = contest
    return html`<div class="head"><b>${reasonWords[reason]}</b><span class="tag ${state}">${stateWords[state]}</span></div>
      <p>${standing(contest, now)}</p>
      <blockquote>${text}${limitKmh === null ? nothing : html`<br /><span class="soft">Says the limit is ${decimal(limitKmh)}${nbsp}km/h.</span>`}</blockquote>
      ${rulings.map(
        ({
          ruling,
          by,
          grounds,
          at,
          userId,
          settles,
          limit,
          drivenBy,
        }) => html`<p><b>${rulerWords[by]}${userId ? ` ${userId}` : ''}</b>${by === 'admin' ? `: ${stateWords[ruling]}` : ''}${settles ? '' : ', to be agreed to'}
          <span class="soft">${when(at, now)}</span></p><blockquote>${grounds}${saidWords({ limit, drivenBy }).map((words) => html`<br /><span class="soft">${words}</span>`)}</blockquote>`,
      )}
      ${'before' in contest ? html`${withAndWithout(contest)}${versions(contest, now)}` : nothing}
      ${this.failure ? html`<p role="alert">${this.failure}</p>` : nothing}
      ${settledAt === null && this.withdraw ? html`<button class="ghost" @click=${this.#withdraw}>Take it back</button>` : nothing}`
  }

  readonly #withdraw = async (): Promise<void> => {
    this.failure = ''
    try {
      await this.withdraw?.()
    } catch (error) {
      this.failure = `It could not be taken back: ${error instanceof Error ? error.message : String(error)}`
    }
  }
}
customElements.define('fm-contest-card', ContestCard)

/** What the event alone does, by the same trips; nothing where it counts. */
function withAndWithout({ effect, event, givenBackMinor }: ContestDetail) {
  if (!effect) return nothing
  const { premiumMinor, currency, risk, without } = effect
  const rows = [
    [
      'With the event',
      without.risk === null || risk === null ? null : without.risk + risk,
      without.premiumMinor + premiumMinor,
    ],
    ['Without it, as it stands', without.risk, without.premiumMinor],
  ] as const
  return html`<table><caption>What the ${event.kind === 'crash' ? 'crash' : 'event'} alone does, by the same trips</caption>
    <thead><tr><th scope="col"></th><th scope="col" class="number">Safety score</th><th scope="col" class="number">Term so far</th></tr></thead>
    <tbody>${rows.map(([name, ofRisk, minor]) => html`<tr><td>${name}</td><td class="number">${scoreWords(ofRisk)}</td><td class="number">${money(minor, currency)}</td></tr>`)}</tbody></table>
    <p>${givenBackWords({ effect, givenBackMinor })}</p>`
}

/** What was shown at each step: what was driven in between is in it too. */
function versions({ before, suspended, after }: ContestDetail, now: number) {
  const rows = [
    ['Before', before],
    ['While suspended', suspended],
    ['After the ruling', after],
  ] as const
  return html`<details><summary>Score and price over time</summary>
    <p class="soft">Each as it was on its day, with all that had been driven by then: the rows do not say what the contest did.</p>
    <table><thead><tr><th scope="col">When</th><th scope="col" class="number">Safety score</th><th scope="col" class="number">Term so far</th></tr></thead>
    <tbody>${rows.map(([name, version]) => {
      const { score, premium, at } = versionWords(version, now)
      return html`<tr><td>${name}<br /><span class="soft">${at}</span></td><td class="number">${score}</td><td class="number">${premium}</td></tr>`
    })}</tbody></table></details>`
}
