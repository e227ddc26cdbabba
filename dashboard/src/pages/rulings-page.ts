import type { Contest, ContestDetail, ContestQuery, RuleContestBody } from '@fairmile/contract/http/contests.ts'
import type { DrivingEventDetail, DrivingEventEvidence } from '@fairmile/contract/http/events.ts'
import { css, html, nothing } from 'lit'
import '../components/contest-card.ts'
import { elementWith } from '../components/element.ts'
import { showMore } from '../components/show-more.ts'
import '../components/event-detail.ts'
import '../components/ruling-form.ts'
import { show } from '../components/view-state.ts'
import { filterOf, withFilter } from '../controllers/filters.ts'
import { PagedList } from '../controllers/paged-list.ts'
import { Resource } from '../controllers/resource.ts'
import { api } from '../data/api.ts'
import { base, grid } from '../styles/base.ts'
import { chooser } from '../styles/chooser.ts'
import { lastDay, reasonWords, stateWords } from '../words/contest-words.ts'
import { eventTitle } from '../words/event-words.ts'

interface Case {
  contest: ContestDetail
  event: DrivingEventDetail
  evidence: DrivingEventEvidence
}

type State = ContestQuery['state']

const listWords: Readonly<Record<State, string>> = {
  pending: 'Waiting',
  open: 'Waiting for a first ruling',
  awaiting_second: 'Waiting for a second ruling',
  upheld: 'Upheld',
  rejected: 'Rejected',
  withdrawn: 'Taken back',
}
const stateOf = (search: string): State => {
  const state = filterOf(search, 'state')
  return state in listWords ? (state as State) : 'pending'
}

/** For admins: contests that wait for a ruling or are settled, what is due first at the top, each with its evidence and what hangs on it. */
export class RulingsPage extends elementWith({ search: '', chosenId: null as string | null }) {
  static styles = [
    base,
    grid,
    chooser,
    css`
      select { font: inherit; font-size: var(--size-1); color: var(--ink); background: var(--card-solid); border: 1px solid var(--edge); border-radius: var(--radius-small); min-height: 44px; padding: 0 10px; }
      .list { align-self: start; height: auto; }
      .of-8 { display: grid; gap: var(--space-4); align-content: start; }
      .of-8 .card { height: auto; }
    `,
  ]

  readonly #queue = new PagedList<State, Contest>(this, (state, cursor, signal) =>
    api.contestQueue(state, { cursor }, signal),
  )
  readonly #case = new Resource<string, Case>(this, async (id, signal) => {
    const contest = await api.contest(id, signal)
    const [event, evidence] = await Promise.all([
      api.event(contest.eventId, signal),
      api.evidence(contest.eventId, signal),
    ])
    return { contest, event, evidence }
  })

  override willUpdate(): void {
    this.#queue.first.want(stateOf(this.search))
    this.#case.want(this.chosenId ?? this.#queue.items[0]?.id ?? null)
  }

  override render() {
    const state = stateOf(this.search)
    const shownId = this.#case.value?.contest.id ?? this.chosenId
    return html`<div class="grid">
      <header class="page-head"><div><h1>Rulings</h1><p>Contests that wait, what is due first at the top. After ten working days silence upholds them.</p></div>
        <div><label class="soft">Show <select @change=${(event: Event) => this.#filter((event.target as HTMLSelectElement).value)}>
          ${Object.entries(listWords).map(([value, words]) => html`<option value=${value} ?selected=${value === state}>${words}</option>`)}</select></label>
        <button class="ghost" @click=${() => void this.#queue.first.reload()}>Refresh</button></div></header>
      <section class="card of-4 list"><header><h2>${listWords[state]}</h2><span class="soft">${this.#queue.items.length || ''}</span></header>
        ${show(this.#queue.first, {
          what: 'The contests',
          isEmpty: ({ items }) => items.length === 0,
          empty:
            state === 'pending'
              ? { title: 'Nothing waits for a ruling.', next: 'A contest is here as soon as a driver opens it.' }
              : { title: 'There is none of these.', next: 'Choose another state above.' },
          content: () =>
            html`<ul class="rows">${this.#queue.items.map((contest) => this.#entry(contest, shownId))}</ul>`,
        })}
        ${showMore(this.#queue)}</section>
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

  #filter(value: string): void {
    this.search = withFilter(this.search, 'state', value === 'pending' ? '' : value)
    this.chosenId = null
  }

  #entry({ id, event, reason, ruleBy, settledAt, state, driverId }: Contest, shownId: string | null) {
    return html`<li><button class="entry" aria-current=${id === shownId} @click=${() => {
      this.chosenId = id
    }}><span><b>${eventTitle(event.kind, event.band)}</b><br /><span class="soft">${reasonWords[reason]}, ${driverId}</span></span>
      <span class="tag">${settledAt === null ? `${state === 'awaiting_second' ? 'second, ' : ''}by ${lastDay(ruleBy, Date.now())}` : stateWords[state]}</span></button></li>`
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
