/** The thread that a model's engine runs in: opens the folder of its `workerData`, then answers rows with margins. */
import { parentPort, workerData } from 'node:worker_threads'
import { openModel } from './onnx.ts'
import type { Question } from './thread-engine.ts'

const { infer } = await openModel(workerData as string)
parentPort?.on('message', async ({ id, rows, count }: Question) => {
  try {
    parentPort?.postMessage({ id, margins: await infer(rows, count) })
  } catch (error) {
    parentPort?.postMessage({ id, error: String(error) })
  }
})
parentPort?.postMessage({ id: 0, margins: new Float32Array(0) })
