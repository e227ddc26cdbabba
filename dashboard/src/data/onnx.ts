import type { Infer } from '@fairmile/models/scoring/scorer.ts'

/** Rows that the model takes at a time: between its operators stand tensors of thousands of lines with a column a row. */
const maxRows = 128

/**
 * Opens a model in this browser, on one thread, so that the page need not be isolated from other origins.
 *
 * The engine is fetched at the first call: no page pays for it that does not score.
 *
 * @param onnx bytes of an artifact's `model.onnx`
 * @param width features of a row
 * @throws Error where the engine cannot be fetched, or the bytes are no model of one input and one output
 */
export async function createBrowserInfer(onnx: Uint8Array, width: number): Promise<Infer> {
  const { env, InferenceSession, Tensor } = await import('onnxruntime-web/wasm')
  env.wasm.numThreads = 1
  const session = await InferenceSession.create(onnx, { executionProviders: ['wasm'] })
  const [input] = session.inputNames
  const [output] = session.outputNames
  if (input === undefined || output === undefined || session.inputNames.length !== 1)
    throw new Error(`opening a model: one input and an output expected, found ${session.inputNames.join(', ')}`)

  return async (rows, n) => {
    const margins = new Float32Array(n)
    for (let from = 0; from < n; from += maxRows) {
      const count = Math.min(maxRows, n - from)
      const feed = new Tensor('float32', rows.subarray(from * width, (from + count) * width), [count, width])
      const results = await session.run({ [input]: feed })
      const found = results[output]?.data
      if (!(found instanceof Float32Array) || found.length !== count)
        throw new TypeError(`running a model: ${count} float32 margins expected`)
      margins.set(found, from)
    }
    return margins
  }
}
