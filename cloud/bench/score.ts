/**
 * Rows a second that are scored: `model.onnx` through the cloud's engine against XGBoost itself, on the same rows and the same number
 * of threads, by turns, the best round of each; and how long one window takes alone.
 *
 * XGBoost predicts in place and from a matrix that was made beforehand; the faster of the two is the reference.
 */

import { parityRows } from '@fairmile/models/explain/parity-rows.ts'
import { Command } from 'commander'
import { openOnnx } from '../src/risk/onnx.ts'
import { benchArtifact } from './parts/artifact.ts'
import { type NativeWay, openNativeSpeed } from './parts/native-speed.ts'
import { percentile99, positive, rounded } from './parts/numbers.ts'

const options = new Command('score')
  .description("the cloud's ONNX engine against XGBoost itself")
  .addHelpText(
    'before',
    'Examples:\n  npm run bench -- score\n  npm run bench -- score --threads 2 --rounds 20 --json\n',
  )
  .option('--json', 'print only the JSON line')
  .option('--artifacts <folder>', 'take the newest driver-risk and window-risk of this folder')
  .option('--rows <n>', 'score so many rows', positive, 20_000)
  .option('--rounds <n>', 'measure each so often, by turns', positive, 9)
  .option('--threads <n>', 'threads of both engines', positive, 1)
  .parse()
  .opts<{ json?: true; artifacts?: string; rows: number; rounds: number; threads: number }>()

/** Windows of a round that are scored one by one. */
const windows = 5000
/** The first round warms up, too; the best one counts, as it does for rows. */
const windowRounds = 4

const { folder, version, width, parity } = benchArtifact('driver-risk', options.artifacts)
const rows = parityRows(parity, options.rows, 1)
const onnx = await openOnnx({ folder, width, threads: options.threads })
const native = await openNativeSpeed({ folder, rows, threads: options.threads })
const best = { ours: Number.POSITIVE_INFINITY, inplace: Number.POSITIVE_INFINITY, matrix: Number.POSITIVE_INFINITY }
for (let round = 0; round < options.rounds; round++) {
  for (const way of ['inplace', 'matrix'] satisfies NativeWay[])
    best[way] = Math.min(best[way], await native.secondsOf(way))
  const start = performance.now()
  await onnx.infer(rows, options.rows)
  best.ours = Math.min(best.ours, (performance.now() - start) / 1000)
}
await native.close()
await onnx.close()

if (!options.json)
  process.stdout.write(
    `driver-risk ${version}: ${options.rows} rows of ${width} features, ${options.threads} threads\n`,
  )
const reference = Math.min(best.inplace, best.matrix)
const result = {
  bench: 'score',
  unit: 'rows/s',
  ours: rounded(options.rows / best.ours),
  reference: rounded(options.rows / reference),
  ratio: rounded(reference / best.ours, 2),
  p99Ms: rounded(await p99OfWindow(), 4),
  inplace: rounded(options.rows / best.inplace),
  matrix: rounded(options.rows / best.matrix),
  threads: options.threads,
}
process.stdout.write(`${JSON.stringify(result)}\n`)

/** Milliseconds in which 99 of 100 windows are scored, one window a call. */
async function p99OfWindow(): Promise<number> {
  const artifact = benchArtifact('window-risk', options.artifacts)
  const made = parityRows(artifact.parity, windows, 2)
  const { infer, close } = await openOnnx({ folder: artifact.folder, width: artifact.width })
  let best = Number.POSITIVE_INFINITY
  for (let round = 0; round < windowRounds; round++) {
    const times: number[] = []
    for (let index = 0; index < windows; index++) {
      const row = made.subarray(index * artifact.width, (index + 1) * artifact.width)
      const start = performance.now()
      await infer(row, 1)
      times.push(performance.now() - start)
    }
    best = Math.min(best, percentile99(times))
  }
  await close()
  return best
}
