/** A page that scores rows with the dashboard's own engine, for the test that drives it. */
import { createBrowserInfer } from '../../src/data/onnx.ts'

const bytesOf = async (address: string): Promise<ArrayBuffer> => (await fetch(address)).arrayBuffer()

/** Margins of the rows in a file, by the model in another. */
async function marginsOf(files: { model: string; rows: string; width: number }): Promise<number[]> {
  const infer = await createBrowserInfer(new Uint8Array(await bytesOf(files.model)), files.width)
  const rows = new Float32Array(await bytesOf(files.rows))
  return [...(await infer(rows, rows.length / files.width))]
}

Object.assign(globalThis, { marginsOf })
