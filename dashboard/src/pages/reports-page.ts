import { type Report, type ReportKind, type ReportSummary, reportKinds } from '@fairmile/contract/http/reports.ts'
import { css, html, nothing } from 'lit'
import '../components/download-links.ts'
import '../components/report-view.ts'
import { elementWith } from '../components/element.ts'
import { reveal } from '../components/reveal.ts'
import { showMore } from '../components/show-more.ts'
import { show } from '../components/view-state.ts'
import { Act } from '../controllers/act.ts'
import { PagedList } from '../controllers/paged-list.ts'
import { Resource } from '../controllers/resource.ts'
import { adminApi, reportCsvAddress } from '../data/admin-api.ts'
import { portfolioDownloads } from '../data/downloads.ts'
import { admin } from '../styles/admin.ts'
import { base, grid } from '../styles/base.ts'
import { when } from '../words/dates.ts'

const kindWords: Record<ReportKind, string> = {
  portfolio: 'Portfolio',
  'loss-by-plan': 'Loss by plan',
  discount: 'Discount',
  contests: 'Contests',
  'data-quality': 'Data quality',
}

/** For admins: reports of each month, made by themselves or now. */
export class ReportsPage extends elementWith({ chosenId: null as string | null }) {
  static styles = [
    base,
    grid,
    admin,
    css`
      form { display: flex; flex-wrap: wrap; gap: var(--space-2); align-items: end; }
      form label { display: grid; gap: 3px; font-size: var(--size-0); color: var(--ink-soft); min-width: 150px; }
      .id { min-height: 28px; padding: 0; background: none; color: var(--brand); text-decoration: underline; font-weight: 600; text-align: left; justify-content: start; }
      tr[aria-current="true"] td { background: var(--brand-wash); }
      #report { outline: none; height: auto; }
      @media (max-width: 900px) { .id { min-height: 44px; } form, form label { width: 100%; } }
    `,
  ]

  readonly #act = new Act(this)
  readonly #reports = new PagedList<true, ReportSummary>(this, (_key, cursor, signal) =>
    adminApi.reports('', cursor, signal),
  )
  readonly #report = new Resource<string, Report>(this, adminApi.report)

  override willUpdate(): void {
    this.#reports.first.want(true)
    this.#report.want(this.chosenId)
  }

  override render() {
    const reports = this.#reports
    return html`<div class="grid"><header class="page-head"><div><h1>Reports</h1><p>Made from the first of each month on for the month before, and kept as they were made.</p></div></header>
      <section class="card of-12"><header><h2>Make one now</h2></header>${this.#form()}</section>
      <section class="card of-12"><header><h2>Reports</h2></header>
        ${show(reports.first, {
          what: 'The reports',
          lines: 5,
          isEmpty: ({ items }) => items.length === 0,
          empty: { title: 'No reports yet.', next: 'They come on the first of a month; make one now above.' },
          content: () => this.#table(reports.items),
        })}
        ${showMore(reports)}</section>
      ${this.chosenId === null ? nothing : this.#shown(this.chosenId)}
      <section class="card of-12"><header><h2>Files of the portfolio</h2><span class="soft">the last 93 days, without positions</span></header>
        <fm-download-links .downloads=${portfolioDownloads()}></fm-download-links></section></div>`
  }

  #form() {
    const month = new Date().toISOString().slice(0, 7)
    return html`<form @submit=${this.#make}><label>Kind<select name="kind">${reportKinds.map(
      (kind) => html`<option value=${kind}>${kindWords[kind]}</option>`,
    )}</select></label>
      <label>Month<input name="period" type="month" required max=${month} .value=${month} pattern="20[0-9]{2}-[0-9]{2}" placeholder="2026-05" /></label>
      <button ?disabled=${this.#act.busy}>Make it</button></form>
      ${this.#act.error ? html`<p class="error" role="alert">${this.#act.error}</p>` : nothing}`
  }

  #table(reports: readonly ReportSummary[]) {
    const now = Date.now()
    return html`<table><thead><tr><th scope="col">Report</th><th scope="col">Month</th><th scope="col" class="wide">Made by</th><th scope="col" class="number">Made</th></tr></thead>
      <tbody>${reports.map(
        ({ id, kind, period, madeAt, madeBy }) => html`<tr aria-current=${id === this.chosenId}>
          <td><button class="id" @click=${() => this.#choose(id)}>${kindWords[kind]}</button></td><td>${period}</td>
          <td class="wide">${madeBy}</td><td class="number">${when(madeAt, now)}</td></tr>`,
      )}</tbody></table>`
  }

  #shown(id: string) {
    const report = this.#report.value
    return html`<section class="card of-12" id="report" tabindex="-1"><header><h2>${report ? `${kindWords[report.kind]}, ${report.period}` : 'Report'}</h2>
        <a class="button ghost" href=${reportCsvAddress(id)} download>Download as CSV</a></header>
      ${show(this.#report, {
        what: 'The report',
        lines: 6,
        empty: { title: 'No such report.', next: 'It may have been kept long enough: refresh the list.' },
        content: (value) => html`<fm-report-view .report=${value}></fm-report-view>`,
      })}</section>`
  }

  readonly #make = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault()
    const fields = new FormData(event.target as HTMLFormElement)
    await this.#act.do(async () => {
      const { id } = await adminApi.makeReport(fields.get('kind') as ReportKind, String(fields.get('period')))
      void this.#reports.first.reload()
      await this.#choose(id)
    })
  }

  async #choose(id: string): Promise<void> {
    this.chosenId = id
    await reveal(this, '#report')
  }
}
customElements.define('fm-reports-page', ReportsPage)
