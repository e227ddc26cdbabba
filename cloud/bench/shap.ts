/**
 * Rows a second that are explained: TreeSHAP in TypeScript against XGBoost's `pred_contribs`, both on one thread and on the same rows,
 * by turns, the best round of each; and how far apart they are.
 */

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parityRows } from '@fairmile/models/explain/parity-rows.ts'
import { createTreeShap } from '@fairmile/models/explain/tree-shap.ts'
import { parseTrees } from '@fairmile/models/explain/trees.ts'
import { Command } from 'commander'
import { nativeAnswers } from '../../models/training/native-answers.ts'
import { benchArtifact } from './parts/artifact.ts'
import { openNativeSpeed } from './parts/native-speed.ts'
import { percentile99, positive, rounded } from './parts/numbers.ts'

const options = new Command('shap')
  .description("TreeSHAP in TypeScript against XGBoost's pred_contribs, on one thread each")
  .addHelpText(
    'before',
    'Examples:\n  npm run bench -- shap\n  npm run bench -- shap --rows 20000 --rounds 10 --json\n',
  )
  .option('--json', 'print only the JSON line')
  .option('--artifacts <folder>', 'take the newest driver-risk of this folder')
  .option('--rows <n>', 'explain so many rows', positive, 4000)
  .option('--rounds <n>', 'measure each so often, by turns', positive, 5)
  .parse()
  .opts<{ json?: true; artifacts?: string; rows: number; rounds: number }>()

const { folder, version, width, parity } = benchArtifact('driver-risk', options.artifacts)
const rows = parityRows(parity, options.rows, 1)
const startedAt = performance.now()
const shap = createTreeShap(parseTrees(readFileSync(join(folder, 'model.json'), 'utf8')))
const startMs = performance.now() - startedAt
const values = new Float64Array(options.rows * width)
const best = { ours: Number.POSITIVE_INFINITY, reference: Number.POSITIVE_INFINITY }
const native = await openNativeSpeed({ folder, rows, threads: 1 })
for (let round = 0; round < options.rounds; round++) {
  best.reference = Math.min(best.reference, await native.secondsOf('contributions'))
  const start = performance.now()
  shap.explainRows(rows, options.rows, values)
  best.ours = Math.min(best.ours, (performance.now() - start) / 1000)
}
await native.close()

const contributions = await nativeAnswers(folder, rows, 'contributions')
let largestDifference = 0
for (let row = 0; row < options.rows; row++)
  for (let column = 0; column <= width; column++) {
    const ours = column === width ? shap.base : values[row * width + column]!
    largestDifference = Math.max(largestDifference, Math.abs(ours - contributions[row * (width + 1) + column]!))
  }

if (!options.json)
  process.stdout.write(`driver-risk ${version}: ${options.rows} rows of ${width} features, one thread\n`)
const result = {
  bench: 'shap',
  unit: 'rows/s',
  ours: rounded(options.rows / best.ours),
  reference: rounded(options.rows / best.reference),
  ratio: rounded(best.reference / best.ours, 2),
  p99Ms: rounded(p99OfOne(), 4),
  largestDifference,
  startMs: rounded(startMs, 1),
}
process.stdout.write(`${JSON.stringify(result)}\n`)

/** Milliseconds in which 99 of 100 rows are explained, one row a call. */
function p99OfOne(): number {
  const out = new Float64Array(width)
  const times = Array.from({ length: options.rows }, (_, index) => {
    const row = rows.subarray(index * width, (index + 1) * width)
    const start = performance.now()
    shap.explain(row, out)
    return performance.now() - start
  })
  return percentile99(times)
}
