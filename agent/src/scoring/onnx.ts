import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Manifest, parseManifest } from '@fairmile/models/scoring/manifest.ts'
import { InferenceSession, Tensor } from 'onnxruntime-node'

/** A model that was opened. */
export interface OpenModel {
  manifest: Manifest
  /** Raw margins of `count` rows of features; the array answered is written anew by the next call. */
  infer: (rows: Float32Array, count: number) => Promise<Float32Array>
  close(): Promise<void>
}

/** Row counts whose tensors are kept: one window live, and the few sizes a replay's batches have. */
const maxKeptSizes = 8

/**
 * Opens an artifact's folder: checks `model.onnx` against the manifest and loads it for one thread.
 *
 * @throws Error when a file is missing, or its hash is not the manifest's.
 */
export const openModel = async (folder: string): Promise<OpenModel> => {
  const manifest = parseManifest(await readFile(join(folder, 'manifest.json'), 'utf8'))
  const bytes = await readFile(join(folder, 'model.onnx'))
  const hash = createHash('sha256').update(bytes).digest('hex')
  if (hash !== manifest.files['model.onnx']) {
    throw new Error(
      `Opening the model ${manifest.name} ${manifest.version}: model.onnx has the hash ${hash}, not the manifest's. Install the artifact again.`,
    )
  }
  // One thread and no arena: windows are small, and the car's computer has little memory.
  const session = await InferenceSession.create(bytes, {
    executionMode: 'sequential',
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
    enableCpuMemArena: false,
    enableMemPattern: false,
    graphOptimizationLevel: 'all',
    logSeverityLevel: 3,
  })
  const [input] = session.inputNames as [string]
  const [output] = session.outputNames as [string]
  const width = manifest.features.length
  const feeds: Record<number, { data: Float32Array; feed: Record<string, Tensor> }> = {}

  const feedOf = (count: number) => {
    const kept = feeds[count]
    if (kept !== undefined) return kept
    const data = new Float32Array(count * width)
    const made = { data, feed: { [input]: new Tensor('float32', data, [count, width]) } }
    if (Object.keys(feeds).length < maxKeptSizes) feeds[count] = made
    return made
  }

  return {
    manifest,
    async infer(rows, count) {
      const { data, feed } = feedOf(count)
      data.set(rows.subarray(0, count * width))
      const result = await session.run(feed)
      return result[output]!.data as Float32Array
    },
    close: () => session.release(),
  }
}
