import type { DrivingEventSummary } from '@fairmile/contract/http/events.ts'
import type { PathPoint } from '@fairmile/contract/http/trips.ts'
import { css, html, nothing, svg } from 'lit'
import type { CursorEvent } from '../charts/chart-stack.ts'
import { projectTrack, type Track, type TrackSize } from '../data/track.ts'
import { base } from '../styles/base.ts'
import { counts, eventTitle } from '../words/event-words.ts'
import { riskStep } from '../words/risk-words.ts'
import { elementWith } from './element.ts'

/** The way of a trip as a drawing without a map, coloured by risk, with its events and the cursor of the charts. */
export class TripTrack extends elementWith({
  points: [] as readonly PathPoint[],
  startAt: '',
  events: [] as readonly DrivingEventSummary[],
  cursorS: null as number | null,
  track: null as Track | null,
  size: { widthPx: 480, mostHeightPx: 520 } as TrackSize,
}) {
  static styles = [
    base,
    css`
      svg { display: block; width: 100%; height: auto; touch-action: pan-y; }
      text { font: 12px var(--font); fill: var(--ink-soft); }
      .way { fill: none; stroke-width: 4; stroke-linecap: round; stroke-linejoin: round; }
      .legend { display: flex; flex-wrap: wrap; gap: 4px var(--space-4); font-size: var(--size-0); color: var(--ink-soft); margin-top: var(--space-2); }
      .legend svg { display: inline-block; width: 34px; height: 8px; vertical-align: middle; margin: 0 6px; }
    `,
  ]

  override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (changed.has('points') || changed.has('size')) this.track = projectTrack(this.points, this.size)
  }

  override render() {
    const { track } = this
    if (!track) {
      return html`<fm-view-state .kind=${'empty'} .what=${'The way could not be drawn.'}
        .detail=${'No positions are known of this trip. Times and forces are in the charts.'}></fm-view-state>`
    }
    const { widthPx, heightPx, places } = track
    const first = places[0]!
    const last = places.at(-1)!
    return html`<svg viewBox="0 0 ${widthPx} ${heightPx}" role="img" aria-label="The way of the trip, north is up"
      @pointermove=${this.#onPointer} @pointerdown=${this.#onPointer} @pointerleave=${() => this.#tell(null)}>
      ${track.runs.map(
        (run) => svg`<path class="way" d=${run.d} stroke="var(--risk-${run.risk === null ? 0 : riskStep(run.risk)})"
        stroke-dasharray=${run.bridged ? '1 8' : 'none'} opacity=${run.bridged ? 0.6 : 1} />`,
      )}
      ${this.events.map((event) => this.#eventMark(event))}
      <circle cx=${first.x} cy=${first.y} r="6" fill="var(--card-solid)" stroke="var(--ink)" stroke-width="2" />
      <rect x=${last.x - 6} y=${last.y - 6} width="12" height="12" rx="2" fill="var(--ink)" />
      ${this.#cursor()}
      <path d="M16 ${heightPx - 14}h${track.scale.px}" stroke="var(--ink-soft)" stroke-width="2" />
      <text x="16" y=${heightPx - 22}>${track.scale.label}</text>
      <path d="M${widthPx - 18} 30v-18m-5 6 5-6 5 6" fill="none" stroke="var(--ink-soft)" stroke-width="1.5" />
      <text x=${widthPx - 18} y="44" text-anchor="middle">N</text>
    </svg>
    <div class="legend"><span>○ start</span><span>■ end</span><span>◆ event</span><span>risk low${swatch()}high</span></div>`
  }

  #eventMark(event: DrivingEventSummary) {
    const place = this.#placeAt(Date.parse(event.startAt) / 1000)
    if (!place) return nothing
    const colour = counts(event) ? 'var(--risk-3)' : 'var(--ink-soft)'
    return svg`<path d="M${place.x} ${place.y - 9}l9 9-9 9-9-9Z" fill=${colour} stroke="var(--card-solid)" stroke-width="2">
      <title>${eventTitle(event.kind, event.band)}</title></path>`
  }

  #cursor() {
    const place = this.cursorS === null ? null : this.#placeAt(this.cursorS)
    if (!place) return nothing
    return svg`<circle cx=${place.x} cy=${place.y} r="8" fill="var(--focus)" stroke="var(--card-solid)" stroke-width="3" />`
  }

  #placeAt(timeS: number) {
    const tS = timeS - Date.parse(this.startAt) / 1000
    const { places } = this.track!
    return places.reduce((best, place) => (Math.abs(place.tS - tS) < Math.abs(best.tS - tS) ? place : best), places[0]!)
  }

  #onPointer(event: PointerEvent): void {
    const { track } = this
    if (!track) return
    const box = (event.currentTarget as SVGElement).getBoundingClientRect()
    const x = ((event.clientX - box.left) / box.width) * track.widthPx
    const y = ((event.clientY - box.top) / box.height) * track.heightPx
    const distance = (place: { x: number; y: number }) => Math.hypot(place.x - x, place.y - y)
    const nearest = track.places.reduce((best, place) => (distance(place) < distance(best) ? place : best))
    this.#tell(Date.parse(this.startAt) / 1000 + nearest.tS)
  }

  #tell(timeS: number | null): void {
    this.dispatchEvent(new CustomEvent('fm-cursor', { detail: { timeS } }) satisfies CursorEvent)
  }
}
customElements.define('fm-trip-track', TripTrack)

const swatch = () =>
  html`<svg viewBox="0 0 34 8" aria-hidden="true">${[0, 1, 2, 3, 4].map(
    (step) => svg`<rect x=${step * 7} y="1" width="6" height="6" rx="1" fill="var(--risk-${step})" />`,
  )}</svg>`
