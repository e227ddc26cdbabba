import type { ScoreTrend as Trend } from '@fairmile/contract/http/risk.ts'
import { css, html, nothing, svg } from 'lit'
import { base } from '../styles/base.ts'
import { calendarDay } from '../words/dates.ts'
import { decimal } from '../words/figures.ts'
import { missingDistance } from '../words/risk-words.ts'
import { elementWith } from './element.ts'

const [width, height, left, foot] = [640, 190, 48, 30]
const dayMs = 86_400_000

/** The safety score by day, in the band in which it lies with 90 % confidence. */
export class ScoreTrend extends elementWith({ trend: null as Trend | null }) {
  static styles = [
    base,
    css`
      svg { max-width: 760px;  display: block; width: 100%; height: auto; }
      text { font: 12px var(--font); fill: var(--ink-soft); }
      p { margin-top: var(--space-2); }
      /* The drawing is half as wide there, and its words with it. */
      @media (max-width: 900px) { text { font-size: 20px; } }
    `,
  ]

  override render() {
    const points = this.trend?.points ?? []
    const runs = runsOf(points)
    const [first, last] = [runs[0]?.[0], runs.at(-1)?.at(-1)]
    const [begin, end] = [points[0], points.at(-1)]
    if (!first || !last || !begin || !end) return nothing
    const unscored = points.filter(({ status }) => status === 'unscored')
    const fromMs = Date.parse(begin.day)
    const lengthMs = Math.max(dayMs, Date.parse(end.day) - fromMs)
    const x = (day: string) => left + ((Date.parse(day) - fromMs) / lengthMs) * (width - left - 8)
    const y = (score: number) => 8 + (1 - score / 100) * (height - foot - 8)
    return html`<svg viewBox="0 0 ${width} ${height}" role="img"
        aria-label="Safety score from ${decimal(first.safetyScore)} on ${calendarDay(first.day, Date.now())} to ${decimal(last.safetyScore)} on ${calendarDay(last.day, Date.now())}">
        ${[0, 50, 100].map(
          (tick) => svg`<path d="M${left} ${y(tick)}H${width}" stroke="var(--line)" />
            <text x="${left - 6}" y="${y(tick) + 4}" text-anchor="end">${tick}</text>`,
        )}
        ${runs.map((run) => {
          const line = run.map(({ day, safetyScore }) => `${x(day)} ${y(safetyScore)}`)
          const up = run.map(({ day, interval }) => `${x(day)} ${y(interval.high)}`)
          const down = run.toReversed().map(({ day, interval }) => `${x(day)} ${y(interval.low)}`)
          return svg`<path d="M${[...up, ...down].join('L')}Z" fill="var(--brand)" fill-opacity="0.16" />
            <path d="M${line.join('L')}" fill="none" stroke="var(--brand)" stroke-width="2.5" stroke-linejoin="round" />`
        })}
        ${unscored.map(
          ({
            day,
            missingKm,
          }) => svg`<circle class="unscored" cx="${x(day)}" cy="${y(0)}" r="4" fill="var(--card-solid)" stroke="var(--ink-soft)" stroke-width="1.5">
            <title>${calendarDay(day, Date.now())}: not scored, ${missingDistance(missingKm)} were missing</title></circle>`,
        )}
        ${runs.flat().map(
          ({ day, safetyScore }) => svg`<circle cx="${x(day)}" cy="${y(safetyScore)}" r="3" fill="var(--brand)">
            <title>${calendarDay(day, Date.now())}: ${decimal(safetyScore)}</title></circle>`,
        )}
        <text x="${left}" y="${height - 4}">${calendarDay(begin.day, Date.now())}</text>
        ${points.length > 1 ? svg`<text x="${width}" y="${height - 4}" text-anchor="end">${calendarDay(end.day, Date.now())}</text>` : nothing}
      </svg>
      <p class="soft">The last score of each day; the band is where it lies with 90 % confidence.
        ${unscored.length > 0 ? 'Rings are days with too few kilometres for a score.' : ''}</p>`
  }
}
customElements.define('fm-score-trend', ScoreTrend)

type Point = Trend['points'][number]
type Scored = Point & { safetyScore: number; interval: NonNullable<Point['interval']> }

const isScored = (point: Point): point is Scored => point.safetyScore !== null && point.interval !== null

/** Days with a score that no day without one parts. */
function runsOf(points: readonly Point[]): Scored[][] {
  const runs: Scored[][] = [[]]
  for (const point of points)
    if (isScored(point)) runs.at(-1)!.push(point)
    else runs.push([])
  return runs.filter((run) => run.length > 0)
}
