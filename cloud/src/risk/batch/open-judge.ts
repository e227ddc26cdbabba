import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import type { DriverModel } from '../driver-model.ts'
import type { Judged, JudgingModel, PackedDrivers } from './judge-sums.ts'

/** A thread that judges batches by one model. */
export interface Judge extends AsyncDisposable {
  /** One batch after the other; the bytes are given away. */
  judge(packed: PackedDrivers): Promise<Judged>
}

/** Starts the thread. */
export function openJudge({ manifest, trees }: Pick<DriverModel, 'manifest' | 'trees'>): Judge {
  const workerData: JudgingModel = { names: manifest.features, trees }
  const worker = new Worker(new URL('./judge-worker.ts', import.meta.url), { workerData })
  const failed = new Promise<never>((_, reject) => {
    worker.once('error', reject)
    worker.once('exit', () => reject(new Error('Judging a batch: the thread has ended')))
  })
  failed.catch(() => {})
  const ask = async (packed: PackedDrivers): Promise<Judged> => {
    const answer = once(worker, 'message')
    answer.catch(() => {})
    worker.postMessage(packed, [packed.bytes.buffer as ArrayBuffer])
    const [judged] = await Promise.race([answer, failed])
    return judged as Judged
  }
  let last: Promise<unknown> = Promise.resolve()
  return {
    judge(packed) {
      const judged = last.then(() => ask(packed))
      last = judged.catch(() => {})
      return judged
    },
    async [Symbol.asyncDispose]() {
      await worker.terminate()
    },
  }
}
