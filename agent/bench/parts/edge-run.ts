/** The measured process of the edge bench: `edge-run.ts RECORDING MODEL` prints one JSON object. */
import { thresholds } from '@fairmile/models/events/thresholds.ts'
import { windowFeatures } from '@fairmile/models/features/window.ts'
import { createPipeline } from '../../src/pipeline.ts'
import { openPlayer } from '../../src/recording/player.ts'
import { openModel } from '../../src/scoring/onnx.ts'
import { openWindowScorer } from '../../src/scoring/window-scorer.ts'
import type { SensorSink } from '../../src/sensors.ts'

const warmUpRuns = 500
const timedRuns = 5000

const [folder, model] = process.argv.slice(2)
if (folder === undefined || model === undefined) throw new Error('Usage: edge-run.ts RECORDING MODEL')

const { scorer, causes, close } = await openWindowScorer(model)
const told = { samples: 0, scores: 0, firstMs: Number.NaN, lastMs: 0, events: 0, live: 0 }
let seq = 1
const settle = () => pipeline.settled()
const player = await openPlayer({ folder, settle })
const pipeline = createPipeline({
  device: 'DEV-BENCH',
  boot: 1,
  thresholds,
  scorer: {
    ...scorer,
    async scoreRows(rows, n) {
      told.scores += n
      return await scorer.scoreRows(rows, n)
    },
    async score(row) {
      told.scores++
      return await scorer.score(row)
    },
  },
  causes,
  timeZone: 'UTC',
  nextSeq: () => seq,
  wallMs: () => Date.UTC(2026, 10, 1),
  output: {
    motion({ tMs }) {
      if (told.samples++ === 0) told.firstMs = tMs
      told.lastMs = tMs
    },
    telematics: () => void seq++,
    event: () => void told.events++,
    live: () => void told.live++,
  },
})
const sink: SensorSink = { ...pipeline, imu: pipeline.imu, fix: pipeline.fix, board: pipeline.board, trouble: () => {} }
const cpuBefore = process.cpuUsage()
const startedMs = performance.now()
await player.run(sink, new AbortController().signal)
await pipeline.end('recording_end')
const tookS = (performance.now() - startedMs) / 1000
const cpu = process.cpuUsage(cpuBefore)
const cpuS = (cpu.user + cpu.system) / 1e6
await close()

/** One window at a time, as in the car. */
const timeInference = async (artifact: string): Promise<number> => {
  const { infer, close: closeModel } = await openModel(artifact)
  const row = new Float32Array(windowFeatures.length).fill(1)
  const times = new Float64Array(timedRuns)
  for (let i = -warmUpRuns; i < timedRuns; i++) {
    row[0] = i % 40
    const before = performance.now()
    await infer(row, 1)
    if (i >= 0) times[i] = performance.now() - before
  }
  await closeModel()
  times.sort()
  return times[Math.floor(timedRuns * 0.99)] as number
}
const p99Ms = await timeInference(model)

const driveS = (told.lastMs - told.firstMs) / 1000
const round = (value: number, digits: number): number => Number(value.toFixed(digits))
const result = {
  bench: 'edge',
  unit: 'times real time on one core',
  // By CPU time: with one core there is no other to hide work on.
  ours: round(driveS / Math.max(tookS, cpuS), 1),
  reference: 1,
  ratio: round(driveS / Math.max(tookS, cpuS), 1),
  p99Ms: round(p99Ms, 4),
  rssMb: round(process.resourceUsage().maxRSS / 1024, 1),
  cpuPercentRealtime: round((100 * cpuS) / driveS, 3),
  driveS: round(driveS, 1),
  motionSamples: told.samples,
  scores: told.scores,
  events: told.events,
}
process.stdout.write(`${JSON.stringify(result)}\n`)
