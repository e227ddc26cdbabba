import { html } from 'lit'
import '../src/components/premium-ledger.ts'
import type { Demo } from './demo.ts'
import { sampleLedger } from './samples/ledger.ts'

export const demo: Demo = {
  'bills, a trip that came late, and a ruling': () =>
    html`<fm-premium-ledger .entries=${sampleLedger}></fm-premium-ledger>`,
  'one bill': () => html`<fm-premium-ledger .entries=${sampleLedger.slice(-1)}></fm-premium-ledger>`,
}
