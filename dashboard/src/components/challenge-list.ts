import type { RewardChallengeReport } from '@fairmile/contract/http/rewards.ts'
import { css, html, nothing } from 'lit'
import { base } from '../styles/base.ts'
import { challengeWords, points } from '../words/reward-words.ts'
import { elementWith } from './element.ts'

/** A driver wants to join a challenge, or to leave it. */
export type ChallengeTaken = CustomEvent<{ id: string; method: 'PUT' | 'DELETE' }>

/** Challenges to join, each with how it stands. */
export class ChallengeList extends elementWith({
  challenges: [] as readonly RewardChallengeReport[],
  busy: false,
}) {
  static styles = [
    base,
    css`
      li { padding: var(--space-3) 0; display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: var(--space-2) var(--space-4); align-items: center; }
      li + li { border-top: 1px solid var(--line); }
      h3 { display: flex; flex-wrap: wrap; gap: var(--space-2); align-items: baseline; }
      .state { font-weight: 600; font-size: var(--size-1); }
    `,
  ]

  override render() {
    return html`<ul>${this.challenges.map(
      (challenge) => html`<li><div>
          <h3>${challenge.title} <span class="tag">${challenge.points > 0 ? points(challenge.points) : 'badge'}</span></h3>
          <p class="soft">${challenge.text}</p><p class="state">${challengeWords(challenge)}</p></div>
        ${this.#act(challenge)}</li>`,
    )}</ul>`
  }

  #act({ id, title, state }: RewardChallengeReport) {
    const button = (words: string, method: 'PUT' | 'DELETE') =>
      html`<button class="ghost" ?disabled=${this.busy} aria-label="${words}: ${title}" @click=${() => this.#take(id, method)}>${words}</button>`
    if (state === 'open') return button('Join', 'PUT')
    if (state === 'missed') return button('Try again', 'PUT')
    return state === 'running' || state === 'waiting' ? button('Leave', 'DELETE') : nothing
  }

  #take(id: string, method: 'PUT' | 'DELETE'): void {
    this.dispatchEvent(new CustomEvent('fm-challenge', { detail: { id, method } }) satisfies ChallengeTaken)
  }
}
customElements.define('fm-challenge-list', ChallengeList)
