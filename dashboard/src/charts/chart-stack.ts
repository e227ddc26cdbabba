import { css, html, nothing, type PropertyValues, unsafeCSS } from 'lit'
import uPlot from 'uplot'
import uplotStyles from 'uplot/dist/uPlot.min.css?inline'
import { elementWith } from '../components/element.ts'
import { type ChartTable, nearestRow } from '../data/series-table.ts'
import { base } from '../styles/base.ts'
import { clockSeconds } from '../words/dates.ts'
import { chartTable } from './chart-table.ts'
import { type Line, type Panel, valueWithUnit } from './panels.ts'
import { type Mark, plotOptions } from './plot-options.ts'
import { type Place, Plots } from './plots.ts'

/** Where the cursor of a chart or a track is, epoch seconds; null where it left. */
export type CursorEvent = CustomEvent<{ timeS: number | null }>

/** Rows that Page Up and Page Down go. */
const pageRows = 10

let instances = 0

/**
 * Charts under each other that share one time axis and one cursor, with the values under it and a table behind.
 *
 * Fires `fm-cursor` (a `CursorEvent`) when the person moves the cursor, by pointer or by arrow keys.
 */
export class ChartStack extends elementWith({
  table: null as ChartTable | null,
  panels: [] as readonly Panel[],
  marks: [] as readonly Mark[],
  /** What is drawn, for those who do not see it. */
  label: '',
  /** Epoch seconds at which another view put the cursor. */
  cursorS: null as number | null,
  windowS: null as number | null,
  tableOpen: false,
}) {
  static styles = [
    base,
    unsafeCSS(uplotStyles),
    css`
      .readout { display: flex; flex-wrap: wrap; gap: 2px 10px; font-size: var(--size-0); color: var(--ink-soft); margin-bottom: var(--space-2); min-height: 1.5em; font-variant-numeric: tabular-nums; }
      .readout b { color: var(--ink); font-weight: 600; display: inline-block; min-width: 4.3em; }
      .readout .bare { min-width: 1.6em; }
      .readout svg { width: 14px; height: 8px; margin-right: 4px; vertical-align: middle; overflow: visible; }
      .readout time { min-width: 4.4em; }
      .plots { touch-action: pan-y; border-radius: var(--radius-small); }
      .title { font-size: var(--size-0); color: var(--ink-soft); padding-left: 46px; margin-top: var(--space-1); }
      details { margin-top: var(--space-2); font-size: var(--size-0); color: var(--ink-soft); }
      .u-cursor-x { border-right: 1px solid var(--ink-soft) !important; }
      th, td { padding: 4px 8px; font-size: var(--size-0); }
      .scroll { max-height: 320px; overflow-y: auto; }
      @media (max-width: 900px) { summary { min-height: 44px; padding-top: 12px; } }
    `,
  ]

  #row: number | null = null
  readonly #syncKey = `fm-charts-${++instances}`
  readonly #plots = new Plots(this, (place) => this.#draw(place))

  override updated(changed: PropertyValues): void {
    if (changed.has('panels') || changed.has('marks') || changed.has('windowS')) this.#plots.build()
    else if (changed.has('table'))
      for (const [index, plot] of this.#plots.all.entries()) plot.setData(this.#data(this.panels[index]!))
    if (changed.has('cursorS') || changed.has('table')) this.#showCursor()
  }

  override render() {
    const { table } = this
    const rows = table?.timeS.length ?? 0
    const row = this.#row ?? rows - 1
    return html`
      ${this.#readout(table, row)}
      <div class="plots" role="slider" tabindex="0" aria-label=${this.label} aria-valuemin="0"
        aria-valuemax=${Math.max(0, rows - 1)} aria-valuenow=${Math.max(0, row)} aria-valuetext=${this.#spoken(row)}
        @keydown=${this.#onKey} @pointerleave=${() => this.#tell(null)}>
        ${this.panels.map(
          (panel, index) => html`<div class="title">${panel.title}, ${panel.unit}</div><div data-plot=${index}></div>`,
        )}
      </div>
      <details @toggle=${(event: Event) => {
        this.tableOpen = (event.target as HTMLDetailsElement).open
      }}>
        <summary>Show as a table</summary>
        ${this.tableOpen && table ? html`<div class="scroll">${chartTable(table, this.panels)}</div>` : nothing}
      </details>`
  }

  #readout(table: ChartTable | null, row: number) {
    const at = table?.timeS[row]
    return html`<div class="readout">
      <time>${at === undefined ? nothing : clockSeconds(at * 1000)}</time>
      ${this.#lines().map(
        ([panel, line]) => html`<span>${swatch(line)}${line.label}
          <b class=${panel.bare ? 'bare' : nothing}>${valueWithUnit(table?.[line.column]?.[row], panel, '–')}</b></span>`,
      )}
    </div>`
  }

  #lines(): [Panel, Line][] {
    return this.panels.flatMap((panel) => panel.lines.map((line): [Panel, Line] => [panel, line]))
  }

  #spoken(row: number): string {
    const { table } = this
    if (!table || row < 0) return 'no data'
    const values = this.#lines().map(
      ([panel, line]) => `${line.label} ${valueWithUnit(table[line.column]?.[row], panel)}`,
    )
    return `${clockSeconds(table.timeS[row]! * 1000)}, ${values.join(', ')}`
  }

  #data(panel: Panel): uPlot.AlignedData {
    const { table } = this
    return [table?.timeS ?? [], ...panel.lines.map(({ column }) => table?.[column] ?? [])]
  }

  #draw({ widthPx, palette }: Place): uPlot[] {
    const plots = this.panels.map((panel, index) => {
      const options = plotOptions({
        ...{ panel, palette, widthPx, marks: this.marks, withTime: index === this.panels.length - 1 },
        ...{ syncKey: this.#syncKey, windowS: this.windowS, onCursor: (row) => this.#tell(row) },
      })
      return new uPlot(
        options,
        this.#data(panel),
        this.renderRoot.querySelector<HTMLElement>(`[data-plot="${index}"]`)!,
      )
    })
    this.#showCursor(plots)
    return plots
  }

  #tell(row: number | null): void {
    if (row === this.#row) return
    this.#row = row
    this.requestUpdate()
    const timeS = row === null ? null : (this.table?.timeS[row] ?? null)
    this.dispatchEvent(new CustomEvent('fm-cursor', { detail: { timeS } }) satisfies CursorEvent)
  }

  #showCursor(plots = this.#plots.all): void {
    const timeS = this.table?.timeS
    const row = this.cursorS === null || !timeS?.length ? null : nearestRow(timeS, this.cursorS)
    if (this.#row !== row) {
      this.#row = row
      this.requestUpdate()
    }
    for (const plot of plots) {
      const left = row === null ? -10 : plot.valToPos(timeS![row]!, 'x')
      plot.setCursor({ left, top: row === null ? -10 : 0 }, false)
    }
  }

  #onKey(event: KeyboardEvent): void {
    const last = (this.table?.timeS.length ?? 0) - 1
    const from = this.#row ?? last
    const steps: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1, PageDown: -pageRows, PageUp: pageRows }
    const to = event.key === 'Home' ? 0 : event.key === 'End' ? last : from + (steps[event.key] ?? 0)
    if (last < 0 || (to === from && steps[event.key] === undefined)) return
    event.preventDefault()
    this.cursorS = this.table!.timeS[Math.max(0, Math.min(last, to))]!
    this.dispatchEvent(new CustomEvent('fm-cursor', { detail: { timeS: this.cursorS } }) satisfies CursorEvent)
  }
}
customElements.define('fm-chart-stack', ChartStack)

/** A short stroke as the line is drawn, dashed where it is dashed. */
function swatch({ colour, dashed }: Line) {
  return html`<svg viewBox="0 0 16 8" aria-hidden="true"><path d="M0 4H16" fill="none" stroke="var(${colour})"
    stroke-width=${dashed ? 2 : 3} stroke-dasharray=${dashed ? '4 3' : 'none'} /></svg>`
}
