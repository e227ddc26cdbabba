import { html } from 'lit'
import '../src/components/what-if-panel.ts'
import { treeEngine } from '../src/data/score-engine.ts'
import type { Demo } from './demo.ts'
import { reasonsModel as model, sampleReasons as reasons, receiptBy } from './samples/reasons.ts'

const infer = treeEngine(model)

export const demo: Demo = {
  'score and price': () =>
    html`<fm-what-if .sources=${{ reasons, receipt: receiptBy(model), model, infer }}></fm-what-if>`,
  'before the first receipt': () =>
    html`<fm-what-if .sources=${{ reasons, receipt: null, model, infer }}></fm-what-if>`,
}
