import type { User } from '@fairmile/contract/http/auth.ts'
import type { RewardEntry, Rewards } from '@fairmile/contract/http/rewards.ts'
import { css, html, nothing, type PropertyValues, type TemplateResult } from 'lit'
import '../components/achievement-list.ts'
import '../components/challenge-list.ts'
import '../components/leader-board.ts'
import '../components/offer-list.ts'
import '../components/reward-balance.ts'
import '../components/reward-weeks.ts'
import type { ChallengeTaken } from '../components/challenge-list.ts'
import { elementWith } from '../components/element.ts'
import type { OfferRedeemed } from '../components/offer-list.ts'
import { showMore } from '../components/show-more.ts'
import { show } from '../components/view-state.ts'
import { PagedList } from '../controllers/paged-list.ts'
import { Resource } from '../controllers/resource.ts'
import { api } from '../data/api.ts'
import { ApiError } from '../data/api-error.ts'
import { base, grid } from '../styles/base.ts'
import { when } from '../words/dates.ts'
import { entryWords, signedPoints } from '../words/reward-words.ts'

const noRewards = { title: 'No points yet.', next: 'They are counted from your first whole trip on.' }

/** Points for safe days, what they are good for, and where every one of them comes from. */
export class RewardsPage extends elementWith({
  user: null as User | null,
  revision: 0,
  busy: false,
  told: '',
  problem: '',
}) {
  static styles = [
    base,
    grid,
    css`
      .problem { color: var(--risk-4); font-size: var(--size-1); }
      .take { display: flex; gap: var(--space-3); align-items: flex-start; font-size: var(--size-1); margin-bottom: var(--space-3); min-height: 44px; cursor: pointer; }
      .take input { width: 20px; height: 20px; margin: 0; accent-color: var(--brand); flex: none; }
      .stack { display: grid; gap: var(--space-4); align-content: start; }
    `,
  ]

  readonly #rewards = new Resource(this, (driver: string, signal) => api.rewards(driver, signal))
  readonly #board = new Resource(this, (id: string, signal) => api.leaderBoard(id, signal))
  readonly #entries = new PagedList<string, RewardEntry>(this, (driver, cursor, signal) =>
    api.rewardEntries(driver, { cursor }, signal),
  )

  override willUpdate(changed: PropertyValues): void {
    const driverId = this.user?.driverId ?? null
    if (changed.has('revision') && changed.get('revision') !== undefined) this.#reload()
    this.#rewards.want(driverId)
    this.#entries.first.want(driverId)
    this.#board.want(this.#rewards.value?.boards.find(({ takesPart }) => takesPart)?.id ?? null)
  }

  override render() {
    return html`<div class="grid">
      <header class="page-head"><div><h1>Rewards</h1><p>Points for days without events. A day the car stands earns the same; driving more earns nothing.</p></div>
        ${this.problem ? html`<p class="problem" role="alert">${this.problem}</p>` : html`<p role="status">${this.told}</p>`}</header>
      ${this.#card('of-4', 'Points', 'The points', (rewards) => html`<fm-reward-balance .rewards=${rewards}></fm-reward-balance>`)}
      ${this.#card(
        'of-8',
        'Redeem',
        'The offers',
        (rewards) => html`<fm-offer-list .rewards=${rewards} .busy=${this.busy}
        @fm-redeem=${({ detail }: OfferRedeemed) => this.#redeem(detail.id)}></fm-offer-list>`,
      )}
      ${this.#card(
        'of-7',
        'Challenges',
        'The challenges',
        ({ challenges }) => html`<fm-challenge-list .challenges=${challenges} .busy=${this.busy}
        @fm-challenge=${({ detail }: ChallengeTaken) => this.#take(detail)}></fm-challenge-list>`,
      )}
      ${this.#card('of-5', 'Leader board', 'The leader board', (rewards) => this.#boards(rewards))}
      ${this.#card('of-5', 'Achievements and milestones', 'The achievements', ({ achievements }) => html`<fm-achievement-list .achievements=${achievements}></fm-achievement-list>`)}
      <div class="of-7 stack">${this.#weeks()} ${this.#account()}</div>
    </div>`
  }

  #card(width: string, title: string, what: string, content: (rewards: Rewards) => TemplateResult) {
    return html`<section class="card ${width}"><header><h2>${title}</h2></header>
      ${show(this.#rewards, { what, lines: 4, empty: noRewards, content })}</section>`
  }

  #weeks() {
    return html`<section class="card"><header><h2>Weeks</h2><span class="soft">closed three days after their end</span></header>
      ${show(this.#rewards, {
        what: 'The weeks',
        empty: noRewards,
        isEmpty: ({ weeks }) => weeks.length === 0,
        content: ({ weeks }) => html`<fm-reward-weeks .weeks=${weeks}></fm-reward-weeks>`,
      })}</section>`
  }

  #account() {
    const { items } = this.#entries
    return html`<section class="card"><header><h2>Account</h2></header>
      ${show(this.#entries.first, {
        what: 'The account',
        isEmpty: (page) => page.items.length === 0,
        empty: { title: 'Nothing moved yet.', next: 'The first points come when a week is closed.' },
        content:
          () => html`<table><thead><tr><th scope="col">When</th><th scope="col">What for</th><th scope="col" class="number">Points</th></tr></thead>
          <tbody>${items.map(
            (
              entry,
            ) => html`<tr><td>${when(entry.at, Date.now())}</td><td>${entryWords(entry, this.#rewards.value, Date.now())}</td>
              <td class="number">${signedPoints(entry.points)}</td></tr>`,
          )}</tbody></table>`,
      })}
      ${showMore(this.#entries, 'Older')}</section>`
  }

  #boards({ boards }: Rewards) {
    return html`${boards.map(
      ({
        id,
        text,
        takesPart,
      }) => html`<label class="take"><input type="checkbox" .checked=${takesPart} ?disabled=${this.busy}
          @change=${(event: Event) => this.#takePart(id, (event.target as HTMLInputElement).checked)} /><span>Take part. <span class="soft">${text}</span></span></label>
        ${
          takesPart
            ? show(this.#board, {
                what: 'The leader board',
                empty: noRewards,
                content: (board) => html`<fm-leader-board .board=${board}></fm-leader-board>`,
              })
            : nothing
        }`,
    )}`
  }

  #redeem(offerId: string): void {
    // One key for this wish: a second press of an impatient finger, or a retry, spends nothing more.
    const key = crypto.randomUUID()
    void this.#act(async (driverId) => {
      const { title } = await api.redeem(driverId, offerId, key)
      return `Redeemed: ${title}.`
    })
  }

  #take({ id, method }: ChallengeTaken['detail']): void {
    void this.#act(async (driverId) => {
      await api.takeChallenge(driverId, id, method)
      return method === 'PUT' ? 'You have joined. It counts from now on.' : 'You have left the challenge.'
    })
  }

  #takePart(boardId: string, takesPart: boolean): void {
    void this.#act(async (driverId) => {
      await api.takePart(driverId, boardId, takesPart)
      if (takesPart) void this.#board.reload()
      return takesPart ? 'You take part.' : 'You are on the leader board no more.'
    })
  }

  async #act(work: (driverId: string) => Promise<string>): Promise<void> {
    const driverId = this.user?.driverId
    if (!driverId || this.busy) return
    this.busy = true
    this.told = ''
    this.problem = ''
    try {
      this.told = await work(driverId)
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      this.problem = error.message
    } finally {
      this.busy = false
      this.#reload()
    }
  }

  #reload(): void {
    void this.#rewards.reload()
    void this.#entries.first.reload()
  }
}
customElements.define('fm-rewards-page', RewardsPage)
