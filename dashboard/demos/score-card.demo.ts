import type { Score } from '@fairmile/contract/http/score.ts'
import { html } from 'lit'
import '../src/components/score-card.ts'
import type { Demo } from './demo.ts'
import { sampleScore } from './samples/people.ts'

const few = {
  ...sampleScore,
  interval: { low: 2, high: 61 },
  risk: 31,
  safetyScore: 69,
  exposureKm: 14,
  judgedKm: 13,
  trips: 1,
  relativity: 1,
}

const unscored: Score = {
  ...{ ...few, judgedKm: 1.5, status: 'unscored', missingKm: 3.5 },
  ...{ risk: null, safetyScore: null, interval: null, relativity: null, reasons: [] },
}

export const demo: Demo = {
  'many kilometres': () => html`<fm-score-card .score=${sampleScore}></fm-score-card>`,
  'first trip': () => html`<fm-score-card .score=${few}></fm-score-card>`,
  'too few kilometres': () => html`<fm-score-card .score=${unscored}></fm-score-card>`,
  'nothing judged': () => html`<fm-score-card .score=${{ ...few, judgedKm: 0 }}></fm-score-card>`,
}
