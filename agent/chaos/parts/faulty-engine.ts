/** A thread whose engine fails as soon as there is a `fault.json` in the model's folder, as it says; until then it is a good one. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parentPort, workerData } from 'node:worker_threads'
import { openModel } from '../../src/scoring/onnx.ts'
import type { Question } from '../../src/scoring/thread-engine.ts'

/** How an engine may fail; `hangs` is asleep, `stalls` computes on and hears nothing. */
export const engineFaults = [
  'throws',
  'dies',
  'hangs',
  'stalls',
  'is slow',
  'gives NaN',
  'gives infinity',
  'gives too few',
] as const
export type EngineFault = (typeof engineFaults)[number]

/** The stall of the claim, and the pause of an engine that is always late, milliseconds. */
const stallMs = 2000
const slowMs = 250

if (parentPort !== null) await serve(workerData as string)

async function serve(folder: string): Promise<void> {
  const { infer } = await openModel(folder)
  parentPort?.on('message', async ({ id, rows, count }: Question) => {
    const margins = await infer(rows, count)
    const fault = readFault(folder)
    if (fault === null) return parentPort?.postMessage({ id, margins })
    const answer = (given: Float32Array) => parentPort?.postMessage({ id, margins: given })
    const wrong: Record<EngineFault, () => void> = {
      throws: () => void parentPort?.postMessage({ id, error: 'the engine fails on purpose' }),
      dies: () => process.exit(1),
      hangs: () => void setTimeout(() => answer(margins), stallMs),
      stalls() {
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, stallMs)
        answer(margins)
      },
      'is slow': () => void setTimeout(() => answer(margins), slowMs),
      'gives NaN': () => answer(new Float32Array(count).fill(Number.NaN)),
      'gives infinity': () => answer(new Float32Array(count).fill(Number.POSITIVE_INFINITY)),
      'gives too few': () => answer(new Float32Array(0)),
    }
    wrong[fault]()
  })
  parentPort?.postMessage({ id: 0, margins: new Float32Array(0) })
}

function readFault(folder: string): EngineFault | null {
  try {
    return JSON.parse(readFileSync(join(folder, 'fault.json'), 'utf8')) as EngineFault
  } catch {
    return null
  }
}
