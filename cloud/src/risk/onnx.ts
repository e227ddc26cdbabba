import { join } from 'node:path'
import type { Infer } from '@fairmile/models/scoring/scorer.ts'
import { InferenceSession, Tensor } from 'onnxruntime-node'

/** An open ONNX model. */
export interface OnnxModel {
  readonly infer: Infer
  close: () => Promise<void>
}

/**
 * Opens `model.onnx` of an artifact on one thread: a row takes microseconds, and more threads only hand it around.
 *
 * @param options.width features of a row
 * @throws Error where the model does not take one input of rows and give one output of margins
 */
export async function openOnnx({ folder, width }: { folder: string; width: number }): Promise<OnnxModel> {
  const path = join(folder, 'model.onnx')
  const session = await InferenceSession.create(path, { intraOpNumThreads: 1, interOpNumThreads: 1 })
  const [input] = session.inputNames
  const [output] = session.outputNames
  if (input === undefined || output === undefined || session.inputNames.length !== 1)
    throw new Error(`Opening "${path}": one input and an output expected, found ${session.inputNames.join(', ')}`)

  return {
    infer: async (rows, n) => {
      const results = await session.run({ [input]: new Tensor('float32', rows.subarray(0, n * width), [n, width]) })
      const margins = results[output]?.data
      if (!(margins instanceof Float32Array) || margins.length !== n)
        throw new TypeError(`Running "${path}": ${n} float32 margins expected`)
      return margins
    },
    close: () => session.release(),
  }
}
