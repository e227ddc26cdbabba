import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { parseManifest } from '@fairmile/models/scoring/manifest.ts'
import type { OpenModel } from './onnx.ts'

/** What the thread is asked; its ready word has the id 0. */
export interface Question {
  id: number
  rows: Float32Array
  count: number
}

interface Answer {
  id: number
  margins?: Float32Array
  error?: string
}

/** MiB of the thread's heap: it holds the code that loads the engine; the model is outside. */
const heapMib = 32

/** A slow computer starts the thread and reads the model in two or three seconds. */
const openMs = 15_000

/**
 * Opens an artifact's folder with its engine in a thread of its own: onnxruntime-node computes in the thread that calls it,
 * so that where it stalls in this one nothing would be sensed, judged or told.
 *
 * @param thread the thread's program
 * @throws Error as `openModel` does
 */
export async function openThreadModel(
  folder: string,
  thread = new URL('engine-thread.ts', import.meta.url),
): Promise<OpenModel> {
  const manifest = parseManifest(await readFile(join(folder, 'manifest.json'), 'utf8'))
  const width = manifest.features.length
  const worker = new Worker(thread, { workerData: folder, resourceLimits: { maxOldGenerationSizeMb: heapMib } })
  const waiting = new Map<number, PromiseWithResolvers<Float32Array>>()
  let asked = 0

  const ask = (id: number): Promise<Float32Array> => {
    const answer = Promise.withResolvers<Float32Array>()
    waiting.set(id, answer)
    return answer.promise
  }
  const gone = (error: Error): void => {
    for (const { reject } of waiting.values()) reject(error)
    waiting.clear()
  }
  worker.on('message', ({ id, margins, error }: Answer) => {
    const answer = waiting.get(id)
    waiting.delete(id)
    if (margins !== undefined) answer?.resolve(margins)
    else answer?.reject(new Error(error))
  })
  let ended: Error | null = null
  const end = (error: Error): void => {
    ended ??= error
    gone(ended)
  }
  worker.on('error', end)
  worker.on('exit', () => end(new Error('the thread of the engine has ended')))
  const tooLate = setTimeout(() => end(new Error(`it was not open after ${openMs} ms`)), openMs)
  await ask(0)
    .catch((error) => {
      void worker.terminate()
      throw error
    })
    .finally(() => clearTimeout(tooLate))

  return {
    manifest,
    infer(rows, count) {
      if (ended !== null) return Promise.reject(ended)
      const id = ++asked
      const answer = ask(id)
      worker.postMessage({ id, rows: rows.slice(0, count * width), count } satisfies Question)
      return answer
    },
    close: async () => void (await worker.terminate()),
  }
}
