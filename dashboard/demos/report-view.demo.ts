import { html } from 'lit'
import '../src/components/report-view.ts'
import type { Demo } from './demo.ts'
import { sampleReport } from './samples/admin.ts'

const empty = { ...sampleReport, tables: sampleReport.tables.map((table) => ({ ...table, rows: [] })) }

export const demo: Demo = {
  'a report': () => html`<fm-report-view .report=${sampleReport}></fm-report-view>`,
  'an empty month': () => html`<fm-report-view .report=${empty}></fm-report-view>`,
}
