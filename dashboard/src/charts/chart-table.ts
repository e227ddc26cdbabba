import { html } from 'lit'
import type { ChartTable } from '../data/series-table.ts'
import { clockSeconds } from '../words/dates.ts'
import { decimal } from '../words/figures.ts'
import type { Panel } from './panels.ts'

/** Most rows of the table behind a chart: what a person reads; the whole is in the data export. */
const maxRows = 60

/** The rows that a table of at most `max` shows, spread evenly with first and last. */
export function thinnedRows(count: number, max: number): number[] {
  if (count <= max) return Array.from({ length: count }, (_, row) => row)
  return Array.from({ length: max }, (_, index) => Math.round((index * (count - 1)) / (max - 1)))
}

/** The table behind a stack of charts. */
export function chartTable(table: ChartTable, panels: readonly Panel[]) {
  const lines = panels.flatMap((panel) => panel.lines.map((line) => ({ ...line, panel })))
  const rows = thinnedRows(table.timeS.length, maxRows)
  return html`<table>
    <caption class="visually-hidden">${rows.length} of ${table.timeS.length} points</caption>
    <thead><tr><th scope="col">Time</th>
      ${lines.map(({ label, panel }) => html`<th scope="col" class="number">${label}, ${panel.unit}</th>`)}
    </tr></thead>
    <tbody>${rows.map(
      (row) => html`<tr><td>${clockSeconds(table.timeS[row]! * 1000)}</td>
        ${lines.map(({ column, panel }) => {
          const value = table[column]?.[row]
          return html`<td class="number">${value === null || value === undefined ? 'unknown' : decimal(value, panel.decimals)}</td>`
        })}</tr>`,
    )}</tbody>
  </table>`
}
