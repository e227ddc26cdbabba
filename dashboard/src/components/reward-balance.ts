import type { Rewards } from '@fairmile/contract/http/rewards.ts'
import { css, html, nothing } from 'lit'
import { base } from '../styles/base.ts'
import { calendarDay } from '../words/dates.ts'
import { counted, decimal } from '../words/figures.ts'
import { points, streakWords } from '../words/reward-words.ts'
import { elementWith } from './element.ts'

/** What a driver has, what this week stands at, and the weeks in a row. */
export class RewardBalance extends elementWith({ rewards: null as Rewards | null }) {
  static styles = [base, css`.rows { margin: var(--space-4) 0 var(--space-3); }`]

  override render() {
    const { rewards } = this
    if (!rewards) return nothing
    const { balance, weekPoints, streak, weeks } = rewards
    const [week] = weeks
    return html`<div class="big">${decimal(balance)}<span class="unit">points</span></div>
      <div class="rows">
        ${
          week
            ? html`<div class="row"><span class="soft">${week.state === 'open' ? 'This week so far' : `Week of ${calendarDay(week.week, Date.now())}`}</span><b>${points(week.points)}</b></div>`
            : nothing
        }
        <div class="row"><span class="soft">A clean and calm week</span><b>${points(weekPoints)}</b></div>
        <div class="row"><span class="soft">Clean weeks in a row</span><b>${counted(streak.weeks, 'week')}</b></div>
      </div>
      <p class="soft">${streakWords(streak)}</p>`
  }
}
customElements.define('fm-reward-balance', RewardBalance)
