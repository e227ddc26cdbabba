import type { LeaderBoard } from '@fairmile/contract/http/rewards.ts'
import { css, html, nothing } from 'lit'
import { base } from '../styles/base.ts'
import { calendarDay } from '../words/dates.ts'
import { decimal } from '../words/figures.ts'
import { elementWith } from './element.ts'

/** Places of a week under names that nobody knows. */
export class LeaderBoardTable extends elementWith({ board: null as LeaderBoard | null }) {
  static styles = [
    base,
    css`
      tr.own td { font-weight: 650; background: var(--brand-wash); }
      tr.own td:first-child { padding-left: 8px; border-radius: var(--radius-small) 0 0 var(--radius-small); }
      tr.own td:last-child { padding-right: 8px; border-radius: 0 var(--radius-small) var(--radius-small) 0; }
      code { font: inherit; font-family: var(--mono); }
      p { margin-bottom: var(--space-2); }
    `,
  ]

  override render() {
    const { board } = this
    if (!board) return nothing
    if (!board.shown || board.week === null)
      return html`<p class="soft">Nothing is shown before ${board.leastDrivers} drivers take part who have a closed week.</p>`
    return html`<p class="soft">Week of ${calendarDay(board.week, Date.now())}.
        ${board.own ? `Your place: ${decimal(board.own.place)} of ${decimal(board.own.of)}.` : nothing}</p>
      <table><thead><tr><th scope="col">Place</th><th scope="col">Name of this week</th><th scope="col" class="number">Points</th></tr></thead>
      <tbody>${board.rows.map(
        ({ place, name, points, own }) =>
          html`<tr class=${own ? 'own' : ''}><td>${decimal(place)}</td><td><code>${name}</code>${own ? ' (you)' : ''}</td><td class="number">${decimal(points)}</td></tr>`,
      )}</tbody></table>`
  }
}
customElements.define('fm-leader-board', LeaderBoardTable)
