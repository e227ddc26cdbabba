import type { Band } from '@fairmile/contract/driving-event.ts'
import type { DrivingEventDetail, DrivingEventEvidence } from '@fairmile/contract/http/events.ts'
import { css, html, nothing } from 'lit'
import '../charts/chart-stack.ts'
import { feltPanel, forcePanel, type Panel, slopePanel, speedPanel } from '../charts/panels.ts'
import { type ChartTable, tableOfCrash, tableOfEvidence, tableOfTrace } from '../data/series-table.ts'
import { base } from '../styles/base.ts'
import { calibrationWords } from '../words/contest-words.ts'
import { clockSeconds } from '../words/dates.ts'
import {
  bandsOf,
  counts,
  crashWords,
  eventTitle,
  gradeReason,
  gradeWords,
  peakOf,
  ruleOf,
  speedsOf,
  weight,
} from '../words/event-words.ts'
import { decimal } from '../words/figures.ts'
import { elementWith } from './element.ts'

/** Short names for the bands' lines in a chart. */
const bandNames: Record<Band, string> = { log: 'noted', coach: 'told', count: 'counted' }

/** One judged event: what happened, which rule, which evidence, and the ten seconds on both sides. */
export class EventDetail extends elementWith({
  event: null as DrivingEventDetail | null,
  /** With limit, slope and calibration; null where it is not there, or not yet. */
  evidence: null as DrivingEventEvidence | null,
  cursorS: null as number | null,
  table: null as ChartTable | null,
  panels: [] as readonly Panel[],
  crashTable: null as ChartTable | null,
}) {
  static styles = [
    base,
    css`
      dl { display: grid; grid-template-columns: max-content 1fr; gap: var(--space-2) var(--space-4); margin: var(--space-3) 0 var(--space-4); font-size: var(--size-1); }
      dt { color: var(--ink-soft); }
      .head { display: flex; flex-wrap: wrap; gap: var(--space-2) var(--space-3); align-items: center; }
      .head b { font-size: var(--size-3); letter-spacing: -0.01em; }
    `,
  ]

  override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (!(changed.has('event') || changed.has('evidence')) || !this.event) return
    const evidence = this.evidence?.eventId === this.event.id ? this.evidence : null
    this.table = evidence ? tableOfEvidence(evidence) : tableOfTrace(this.event)
    const hasSlope = this.table?.slopePercent?.some((value) => value !== null) ?? false
    this.crashTable = tableOfCrash(this.event)
    this.panels = [
      speedPanel,
      { ...forcePanel, heightPx: 200, levels: levelsOf(this.event) },
      ...(hasSlope ? [slopePanel] : []),
    ]
  }

  override render() {
    const { event } = this
    if (!event) return html``
    const speeds = speedsOf(event)
    const reasons = event.gradeReasons.map(gradeReason).join(', ')
    return html`
      <div class="head"><b>${eventTitle(event.kind, event.band)}, ${peakOf(event)}</b><span class="tag ${counts(event) ? 'counts' : ''}">${weight(event)}</span></div>
      <dl>
        <dt>When</dt><dd>${clockSeconds(event.startAt)}${speeds ? html`, ${speeds}` : nothing}</dd>
        ${event.crash ? html`<dt>Blow</dt><dd>${crashWords(event.crash)}</dd>` : nothing}
        <dt>Rule</dt><dd>${ruleOf(event)}${bandsOf(event.kind) ? ' 1\u00a0g is the pull of the earth; a full stop in an emergency takes about that.' : nothing}</dd>
        <dt>Evidence</dt><dd>Grade ${event.grade}. ${gradeWords[event.grade]}${reasons ? html` Here: ${reasons}.` : nothing}</dd>
        ${this.evidence?.eventId === event.id ? html`<dt>Calibration</dt><dd>${calibrationWords(this.evidence.calibration)}</dd>` : nothing}
      </dl>
      ${
        this.crashTable
          ? html`<fm-chart-stack .table=${this.crashTable} .panels=${[feltPanel]}
              .label=${'The second on both sides of the crash: the force on the box, gravity included'}></fm-chart-stack>`
          : nothing
      }
      ${
        this.table
          ? html`<fm-chart-stack .table=${this.table} .panels=${this.panels} .cursorS=${this.cursorS}
              .marks=${[{ id: event.id, startS: Date.parse(event.startAt) / 1000, endS: Date.parse(event.endAt) / 1000, label: '' }]}
              .label=${'The ten seconds on both sides of the event: speed, limit, acceleration and slope'}></fm-chart-stack>`
          : html`<p class="soft">No trace was kept of this event, so what happened around it cannot be shown, and it is
              grade B at best.</p>`
      }`
  }
}
customElements.define('fm-event-detail', EventDetail)

/** The bands as levels on the side on which the event lies; braking is negative along the car. */
function levelsOf({ kind, trace }: DrivingEventDetail): { at: number; label: string }[] {
  const limits = bandsOf(kind)
  if (!limits) return []
  const across = trace?.aLat.reduce<number>((sum, value) => sum + (value ?? 0), 0) ?? 0
  const sign = kind === 'harsh_braking' || (kind === 'harsh_cornering' && across < 0) ? -1 : 1
  return (Object.keys(bandNames) as Band[]).map((band) => ({
    at: sign * limits[band],
    label: `${bandNames[band]} ${decimal(limits[band], 2)} g`,
  }))
}
