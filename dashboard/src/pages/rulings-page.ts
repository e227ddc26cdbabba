import type { Contest, ContestDetail, RuleContestBody } from '@fairmile/contract/http/contests.ts'
import type { DrivingEventDetail, DrivingEventEvidence } from '@fairmile/contract/http/events.ts'
import { css, html, nothing } from 'lit'
import '../components/contest-card.ts'
import { elementWith } from '../components/element.ts'
import '../components/event-detail.ts'
import '../components/ruling-form.ts'
import { show } from '../components/view-state.ts'
import { PagedList } from '../controllers/paged-list.ts'
import { Resource } from '../controllers/resource.ts'
import { api } from '../data/api.ts'
import { base, grid } from '../styles/base.ts'
import { chooser } from '../styles/chooser.ts'
import { lastDay, reasonWords } from '../words/contest-words.ts'
import { eventTitle } from '../words/event-words.ts'

interface Case {
  contest: ContestDetail
  event: DrivingEventDetail
  evidence: DrivingEventEvidence
}

/** For admins: contests that wait for a ruling, what is due first at the top, each with its evidence and what hangs on it. */
export class RulingsPage extends elementWith({ chosenId: null as string | null }) {
  static styles = [
    base,
    grid,
    chooser,
    css`
      .list { align-self: start; height: auto; }
      .of-8 { display: grid; gap: var(--space-4); align-content: start; }
      .of-8 .card { height: auto; }
    `,
  ]

  readonly #queue = new PagedList<true, Contest>(this, (_key, cursor, signal) => api.contestQueue({ cursor }, signal))
  readonly #case = new Resource<string, Case>(this, async (id, signal) => {
    const contest = await api.contest(id, signal)
    const [event, evidence] = await Promise.all([
      api.event(contest.eventId, signal),
      api.evidence(contest.eventId, signal),
    ])
    return { contest, event, evidence }
  })

  override willUpdate(): void {
    this.#queue.first.want(true)
    this.#case.want(this.chosenId ?? this.#queue.items[0]?.id ?? null)
  }

  override render() {
    const shownId = this.#case.value?.contest.id ?? this.chosenId
    return html`<div class="grid">
      <header class="page-head"><div><h1>Rulings</h1><p>Contests that wait, what is due first at the top. After ten working days silence upholds them.</p></div>
        <button class="ghost" @click=${() => void this.#queue.first.reload()}>Refresh</button></header>
      <section class="card of-4 list"><header><h2>Waiting</h2><span class="soft">${this.#queue.items.length || ''}</span></header>
        ${show(this.#queue.first, {
          what: 'The contests',
          isEmpty: ({ items }) => items.length === 0 && this.chosenId === null,
          empty: { title: 'Nothing waits for a ruling.', next: 'A contest is here as soon as a driver opens it.' },
          content: () =>
            html`<ul class="rows">${this.#queue.items.map((contest) => this.#entry(contest, shownId))}</ul>`,
        })}
        ${this.#queue.hasMore ? html`<p><button class="ghost" @click=${() => this.#queue.more()}>More</button></p>` : nothing}</section>
      ${
        shownId === null
          ? nothing
          : html`<div class="of-8" aria-live="polite">${show(this.#case, {
              what: 'The contest',
              lines: 8,
              empty: { title: 'There is no such contest.', next: 'Refresh the list.' },
              content: (found) => this.#content(found),
            })}</div>`
      }</div>`
  }

  #entry({ id, event, reason, ruleBy, state, driverId }: Contest, shownId: string | null) {
    return html`<li><button class="entry" aria-current=${id === shownId} @click=${() => {
      this.chosenId = id
    }}><span><b>${eventTitle(event.kind, event.band)}</b><br /><span class="soft">${reasonWords[reason]}, ${driverId}</span></span>
      <span class="tag">${state === 'awaiting_second' ? 'second, ' : ''}by ${lastDay(ruleBy, Date.now())}</span></button></li>`
  }

  #content({ contest, event, evidence }: Case) {
    return html`<section class="card"><header><h2>Contest ${contest.id}</h2></header><fm-contest-card .contest=${contest}></fm-contest-card></section>
      <section class="card"><header><h2>Evidence</h2></header><fm-event-detail .event=${event} .evidence=${evidence}></fm-event-detail></section>
      ${contest.settledAt === null ? html`<section class="card"><header><h2>Your ruling</h2></header><fm-ruling-form .contest=${contest} .send=${(body: RuleContestBody) => this.#rule(contest.id, body)}></fm-ruling-form></section>` : nothing}`
  }

  async #rule(id: string, body: RuleContestBody): Promise<void> {
    await api.ruleContest(id, body)
    this.chosenId = id
    await Promise.all([this.#queue.first.reload(), this.#case.reload()])
  }
}
customElements.define('fm-rulings-page', RulingsPage)
