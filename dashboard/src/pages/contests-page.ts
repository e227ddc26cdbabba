import type { User } from '@fairmile/contract/http/auth.ts'
import type { Contest, ContestDetail } from '@fairmile/contract/http/contests.ts'
import { css, html, nothing, type PropertyValues } from 'lit'
import '../components/contest-card.ts'
import { elementWith } from '../components/element.ts'
import { showMore } from '../components/show-more.ts'
import { show } from '../components/view-state.ts'
import { PagedList } from '../controllers/paged-list.ts'
import { Resource } from '../controllers/resource.ts'
import { goTo } from '../controllers/router.ts'
import { contestPath, tripPath } from '../controllers/routes.ts'
import { api } from '../data/api.ts'
import { base, grid } from '../styles/base.ts'
import { chooser } from '../styles/chooser.ts'
import { stateWords } from '../words/contest-words.ts'
import { when } from '../words/dates.ts'
import { eventTitle } from '../words/event-words.ts'

/** A driver's contests, with what each did to score and premium. */
export class ContestsPage extends elementWith({
  user: null as User | null,
  revision: 0,
  /** As the address says; null for the newest. */
  chosenId: null as string | null,
}) {
  static styles = [
    base,
    grid,
    chooser,
    css`
      .list { align-self: start; height: auto; }
      .back { font-size: var(--size-1); }
      fm-contest-card + p { margin-top: var(--space-3); font-size: var(--size-1); }
    `,
  ]

  readonly #contests = new PagedList<string, Contest>(this, (driverId, cursor, signal) =>
    api.contestsOf(driverId, { cursor }, signal),
  )
  readonly #chosen = new Resource<string, ContestDetail>(this, api.contest)

  override willUpdate(changed: PropertyValues<this>): void {
    this.#contests.first.want(this.user?.driverId ?? null)
    this.#chosen.want(this.chosenId ?? this.#contests.items[0]?.id ?? null)
    if (changed.has('revision') && changed.get('revision') !== undefined) void this.#chosen.reload()
  }

  override render() {
    const shownId = this.#chosen.value?.id ?? this.chosenId
    return html`<div class="grid">
      <header class="page-head"><div><a class="back target" href="/trips">All trips</a><h1>Contests</h1>
        <p>Events that you say are wrong, the newest first.</p></div></header>
      <section class="card of-4 list"><header><h2>Contests</h2></header>
        ${show(this.#contests.first, {
          what: 'The contests',
          isEmpty: ({ items }) => items.length === 0,
          empty: {
            title: 'You have contested nothing.',
            next: 'Open a trip and choose an event to look at its evidence and contest it.',
          },
          content: () =>
            html`<ul class="rows">${this.#contests.items.map(
              ({ id, event, state }) =>
                html`<li><button class="entry" aria-current=${id === shownId} @click=${() => goTo(this, contestPath(id))}><span><b>${eventTitle(event.kind, event.band)}</b><br /><span class="soft">${when(event.startAt, Date.now())}</span></span><span class="tag">${stateWords[state]}</span></button></li>`,
            )}</ul>`,
        })}
        ${showMore(this.#contests)}</section>
      ${
        shownId === null
          ? nothing
          : html`<section class="card of-8" aria-live="polite"><header><h2>How it stands</h2></header>${show(
              this.#chosen,
              {
                what: 'The contest',
                lines: 6,
                empty: { title: 'There is no such contest.', next: 'Choose another one.' },
                content: (
                  contest,
                ) => html`<fm-contest-card .contest=${contest} .withdraw=${() => this.#withdraw(contest)}></fm-contest-card>
                ${contest.reason === 'not_me' && contest.state !== 'rejected' && contest.state !== 'withdrawn' ? nothing : html`<p><a class="target" href=${tripPath(contest.tripId, contest.eventId)}>Its trip</a></p>`}`,
              },
            )}</section>`
      }</div>`
  }

  async #withdraw({ id, version }: Contest): Promise<void> {
    await api.withdrawContest(id, version)
    await Promise.all([this.#contests.first.reload(), this.#chosen.reload()])
  }
}
customElements.define('fm-contests-page', ContestsPage)
