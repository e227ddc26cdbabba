import { css, html, nothing, type PropertyValues, unsafeCSS } from 'lit'
import uPlot from 'uplot'
import uplotStyles from 'uplot/dist/uPlot.min.css?inline'
import { elementWith } from '../components/element.ts'
import { base } from '../styles/base.ts'
import { decimal } from '../words/figures.ts'
import { type BarSeries, barOptions, stackUp } from './bar-options.ts'
import { type Place, Plots } from './plots.ts'

/** Bars over a row of names (days, bins), stacked, with the values of the one under the cursor and a table behind. */
export class BarChart extends elementWith({
  /** A name of each bar, short for the axis. */
  names: [] as readonly string[],
  series: [] as readonly BarSeries[],
  /** What is counted: `trips`. */
  unit: '',
  decimals: 0,
  heightPx: 150,
  /** What is drawn, for those who do not see it. */
  label: '',
  /** Heading of the names in the table. */
  of: 'Day',
  tableOpen: false,
}) {
  static styles = [
    base,
    unsafeCSS(uplotStyles),
    css`
      .readout { display: flex; flex-wrap: wrap; gap: 2px 12px; font-size: var(--size-0); color: var(--ink-soft); min-height: 1.5em; font-variant-numeric: tabular-nums; }
      .readout b { color: var(--ink); font-weight: 600; }
      .swatch { width: 8px; height: 8px; margin-right: 5px; }
      .plot { touch-action: pan-y; border-radius: var(--radius-small); margin-top: var(--space-1); }
      details { margin-top: var(--space-1); font-size: var(--size-0); color: var(--ink-soft); }
      .u-cursor-x { display: none; }
      th, td { padding: 4px 8px; font-size: var(--size-0); }
      .scroll { max-height: 280px; overflow: auto; }
      @media (max-width: 900px) { summary { min-height: 44px; padding-top: 12px; } }
    `,
  ]

  #row: number | null = null
  readonly #plots = new Plots(this, (place) => this.#draw(place))

  override updated(changed: PropertyValues): void {
    if (changed.has('series') || changed.has('names') || changed.has('heightPx')) this.#plots.build()
  }

  override render() {
    return html`${this.#readout()}
      <div class="plot" role="slider" tabindex="0" aria-label=${this.label} aria-valuemin="0"
        aria-valuemax=${Math.max(0, this.names.length - 1)} aria-valuenow=${this.#row ?? this.names.length - 1}
        aria-valuetext=${this.#spoken()} @keydown=${this.#onKey} @pointerleave=${() => this.#show(null)}></div>
      <details @toggle=${(event: Event) => {
        this.tableOpen = (event.target as HTMLDetailsElement).open
      }}><summary>Show as a table</summary>${this.tableOpen ? this.#table() : nothing}</details>`
  }

  /** Values of one bar, or sums of all. */
  #valueOf({ values }: BarSeries): number {
    return this.#row === null ? values.reduce((sum, value) => sum + value, 0) : (values[this.#row] ?? 0)
  }

  #readout() {
    return html`<div class="readout"><span>${this.#row === null ? 'All' : this.names[this.#row]}</span>
      ${this.series.map(
        (
          series,
        ) => html`<span><svg class="swatch" viewBox="0 0 8 8" aria-hidden="true"><rect width="8" height="8" rx="2" fill="var(${series.colour})" /></svg>${series.label}
          <b>${decimal(this.#valueOf(series), this.decimals)}</b></span>`,
      )}</div>`
  }

  #spoken(): string {
    const values = this.series.map((series) => `${series.label} ${decimal(this.#valueOf(series), this.decimals)}`)
    return `${this.#row === null ? 'All' : this.names[this.#row]}: ${values.join(', ')}`
  }

  #table() {
    return html`<div class="scroll"><table><thead><tr><th scope="col">${this.of}</th>
      ${this.series.map(({ label }) => html`<th scope="col" class="number">${label}</th>`)}</tr></thead>
      <tbody>${this.names.map(
        (name, row) =>
          html`<tr><td>${name}</td>${this.series.map(
            ({ values }) => html`<td class="number">${decimal(values[row] ?? 0, this.decimals)}</td>`,
          )}</tr>`,
      )}</tbody></table></div>`
  }

  #draw({ widthPx, palette }: Place): uPlot[] {
    const place = this.renderRoot.querySelector<HTMLElement>('.plot')
    if (!place || this.names.length === 0) return []
    const { names, series, heightPx } = this
    const options = barOptions({ names, series, palette, heightPx, widthPx, onCursor: (row) => this.#show(row) })
    return [new uPlot(options, stackUp(series, names.length), place)]
  }

  #show(row: number | null): void {
    if (row === this.#row) return
    this.#row = row
    this.requestUpdate()
  }

  #onKey(event: KeyboardEvent): void {
    const last = this.names.length - 1
    const steps: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1 }
    const from = this.#row ?? last
    const to = event.key === 'Home' ? 0 : event.key === 'End' ? last : from + (steps[event.key] ?? Number.NaN)
    if (!Number.isFinite(to)) return
    event.preventDefault()
    this.#show(Math.max(0, Math.min(last, to)))
  }
}
customElements.define('fm-bar-chart', BarChart)
