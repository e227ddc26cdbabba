import { join } from 'node:path'
import type { Infer } from '@fairmile/models/scoring/scorer.ts'
import { InferenceSession, Tensor } from 'onnxruntime-node'

/** An open ONNX model. */
export interface OnnxModel {
  readonly infer: Infer
  close: () => Promise<void>
}

/**
 * Rows that the model takes at a time. Between two of a driver model's operators stands a tensor of 2,400 lines (300 trees of depth 4)
 * with a byte a row: so many rows keep it in a second-level cache, and the start of an operator is still little beside its work.
 */
const maxRows = 128

/**
 * Opens `model.onnx` of an artifact.
 *
 * @param options.width features of a row
 * @param options.threads that share the work of an operator. @default 1, which leaves the other cores to other work
 * @throws Error where the model does not take one input of rows and give one output of margins
 */
export async function openOnnx(options: { folder: string; width: number; threads?: number }): Promise<OnnxModel> {
  const { folder, width, threads = 1 } = options
  const path = join(folder, 'model.onnx')
  const session = await InferenceSession.create(path, { intraOpNumThreads: threads, interOpNumThreads: 1 })
  const [input] = session.inputNames
  const [output] = session.outputNames
  if (input === undefined || output === undefined || session.inputNames.length !== 1)
    throw new Error(`Opening "${path}": one input and an output expected, found ${session.inputNames.join(', ')}`)

  return {
    infer: async (rows, n) => {
      const margins = new Float32Array(n)
      for (let from = 0; from < n; from += maxRows) {
        const count = Math.min(maxRows, n - from)
        // Both tensors lie in the arrays of this call: nothing is copied, and two calls at a time do not meet.
        const feed = new Tensor('float32', rows.subarray(from * width, (from + count) * width), [count, width])
        const fetch = new Tensor('float32', margins.subarray(from, from + count), [count, 1])
        await session.run({ [input]: feed }, { [output]: fetch })
      }
      return margins
    },
    close: () => session.release(),
  }
}
