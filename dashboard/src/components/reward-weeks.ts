import type { RewardWeekReport } from '@fairmile/contract/http/rewards.ts'
import { css, html } from 'lit'
import { base } from '../styles/base.ts'
import { calendarDay } from '../words/dates.ts'
import { decimal } from '../words/figures.ts'
import { elementWith } from './element.ts'

/** What each week earned, and by what. */
export class RewardWeeks extends elementWith({ weeks: [] as readonly RewardWeekReport[] }) {
  static styles = [base, css`@media (max-width: 900px) { .wide { display: none; } }`]

  override render() {
    return html`<table><thead><tr><th scope="col">Week of</th><th scope="col" class="number">Clean days</th>
        <th scope="col" class="number">Calm days</th><th scope="col" class="number wide">Not judged</th>
        <th scope="col" class="number wide">Better than before</th><th scope="col" class="number">Points</th></tr></thead>
      <tbody>${this.weeks.map(
        (
          week,
        ) => html`<tr><td>${calendarDay(week.week, Date.now())} ${week.state === 'open' ? html`<span class="tag">open</span>` : ''}</td>
          <td class="number">${decimal(week.cleanDays)} of ${decimal(week.days)}</td>
          <td class="number">${decimal(week.calmDays)} of ${decimal(week.days)}</td>
          <td class="number wide">${week.unjudgedDays > 0 ? decimal(week.unjudgedDays) : '–'}</td>
          <td class="number wide">${week.improvementPoints > 0 ? `+${decimal(week.improvementPoints)}` : '–'}</td>
          <td class="number">${decimal(week.points)}</td></tr>`,
      )}</tbody></table>`
  }
}
customElements.define('fm-reward-weeks', RewardWeeks)
