/** The thread that judges batches: explaining many drivers would hold up whoever the process serves. */
import { parentPort, workerData } from 'node:worker_threads'
import { type JudgingModel, judgeSums, type PackedDrivers } from './judge-sums.ts'

const model = workerData as JudgingModel
if (!parentPort) throw new Error('Judging batches: this is no thread of another process')
const port = parentPort
port.on('message', (packed: PackedDrivers) => {
  const judged = judgeSums(model, packed)
  const { rows, shap, margins, exposureKm, judgedKm } = judged
  const moved = [rows, shap, margins, exposureKm, judgedKm].map(({ buffer }) => buffer)
  port.postMessage(judged, moved)
})
