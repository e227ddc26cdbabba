import type { Report, ReportTable } from '@fairmile/contract/http/reports.ts'
import { css, html, nothing } from 'lit'
import { base } from '../styles/base.ts'
import { decimal, money } from '../words/figures.ts'
import { elementWith } from './element.ts'

/** A report: its tables, and what is to be known when they are read. */
export class ReportView extends elementWith({ report: null as Report | null }) {
  static styles = [
    base,
    css`
      section + section { margin-top: var(--space-5); }
      h3 { margin-bottom: var(--space-1); }
      td { padding: 6px 8px; overflow-wrap: anywhere; }
      .notes { margin-top: var(--space-4); display: grid; gap: var(--space-2); max-width: 80ch; }
      @media (max-width: 900px) {
        .many thead { position: absolute; clip-path: inset(50%); width: 1px; height: 1px; overflow: hidden; }
        .many tr { display: block; padding: var(--space-2) 0; border-top: 1px solid var(--line); }
        .many td { display: flex; justify-content: space-between; gap: var(--space-3); border: 0; padding: 3px 0; text-align: right; }
        .many td::before { content: attr(data-title); color: var(--ink-soft); text-align: left; }
      }
    `,
  ]

  override render() {
    const { report } = this
    if (report === null) return nothing
    return html`${report.tables.map(shownOf).map(
      ({ title, columns, rows }) => html`<section><h3>${title}</h3>
        ${
          rows.length === 0
            ? html`<p class="soft">Nothing in this month.</p>`
            : html`<table class=${columns.length > 3 ? 'many' : nothing}><thead><tr>${columns.map(
                (column, n) => html`<th scope="col" class=${n === 0 ? nothing : 'number'}>${column}</th>`,
              )}</tr></thead><tbody>${rows.map(
                (row) =>
                  html`<tr>${row.map(
                    (cell, n) =>
                      html`<td class=${n === 0 ? nothing : 'number'} data-title=${columns[n] ?? ''}>${cell}</td>`,
                  )}</tr>`,
              )}</tbody></table>`
        }</section>`,
    )}<div class="notes">${report.notes.map((note) => html`<p class="soft">${note}</p>`)}</div>`
  }
}
customElements.define('fm-report-view', ReportView)

const inMinor = ', minor units'

/** A table as people read it: amounts as money of their row's currency, and the figures of a column with the same decimals. */
function shownOf({ title, columns, rows }: ReportTable) {
  const currencyAt = columns.findIndex(({ name }) => name === 'currency')
  const isMoney = columns.map((column) => currencyAt >= 0 && column.title.endsWith(inMinor))
  const digits = columns.map((_column, n) => Math.max(0, ...rows.map((row) => decimalsOf(row[n] ?? null))))
  const cellOf = (row: ReportTable['rows'][number], n: number): string => {
    const [cell, currency] = [row[n] ?? null, row[currencyAt]]
    if (cell === null) return '–'
    if (typeof cell === 'string') return cell
    return isMoney[n] && typeof currency === 'string' ? money(cell, currency) : decimal(cell, digits[n])
  }
  return {
    title,
    columns: columns.map((column, n) => (isMoney[n] ? column.title.slice(0, -inMinor.length) : column.title)),
    rows: rows.map((row) => columns.map((_column, n) => cellOf(row, n))),
  }
}

/** Decimals of a figure, two at most. */
const decimalsOf = (cell: string | number | null): number =>
  typeof cell === 'number' ? (String(Math.round(cell * 100) / 100).split('.')[1]?.length ?? 0) : 0
