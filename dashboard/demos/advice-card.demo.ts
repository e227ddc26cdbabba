import { html } from 'lit'
import '../src/components/advice-card.ts'
import type { Demo } from './demo.ts'
import { sampleScore } from './samples/people.ts'

const lowering = { ...sampleScore, reasons: sampleScore.reasons.filter(({ direction }) => direction === 'lowers') }

export const demo: Demo = {
  'two reasons raise the risk': () => html`<fm-advice-card .score=${sampleScore}></fm-advice-card>`,
  'none does': () => html`<fm-advice-card .score=${lowering}></fm-advice-card>`,
}
