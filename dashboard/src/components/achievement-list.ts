import type { RewardAchievementReport } from '@fairmile/contract/http/rewards.ts'
import { css, html } from 'lit'
import { base } from '../styles/base.ts'
import { day } from '../words/dates.ts'
import { decimal } from '../words/figures.ts'
import { points } from '../words/reward-words.ts'
import { elementWith } from './element.ts'
import { icon } from './icon.ts'

/** Achievements and milestones, each with how far it is. */
export class AchievementList extends elementWith({ achievements: [] as readonly RewardAchievementReport[] }) {
  static styles = [
    base,
    css`
      li { padding: var(--space-3) 0; }
      li + li { border-top: 1px solid var(--line); }
      .head { display: flex; justify-content: space-between; align-items: baseline; gap: var(--space-2) var(--space-3); flex-wrap: wrap; }
      .head h3 { display: flex; gap: var(--space-2); align-items: center; }
      .head h3 svg { color: var(--brand); flex: none; }
      .way { display: block; width: 100%; height: 8px; margin-top: var(--space-2); overflow: visible; }
    `,
  ]

  override render() {
    return html`<ul>${this.achievements.map((achievement) => {
      const { title, text, done, of, reachedAt } = achievement
      return html`<li><div class="head"><h3>${reachedAt ? icon('check', 16) : ''}${title}</h3>
          <span class="tag">${achievement.points > 0 ? points(achievement.points) : 'badge'}</span></div>
        <p class="soft">${text}</p>
        <svg class="way" viewBox="0 0 100 8" preserveAspectRatio="none" role="img" aria-label="${decimal(done)} of ${decimal(of)}">
          <path d="M0 4H100" stroke="var(--line)" stroke-width="6" /><path d="M0 4H${(100 * done) / of}" stroke="var(--brand)" stroke-width="6" /></svg>
        <p class="soft">${reachedAt ? `Reached: ${day(reachedAt, Date.now())}` : `${decimal(done)} of ${decimal(of)}`}</p></li>`
    })}</ul>`
  }
}
customElements.define('fm-achievement-list', AchievementList)
