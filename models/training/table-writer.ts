import { createWriteStream } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { finished } from 'node:stream/promises'

/** What a table says of itself, in `NAME.json`. */
export interface TableAbout {
  /** Version of the feature code that filled it. */
  featureVersion: number
  /** Columns in order; `monotone` is 1 where more of it may only raise the risk, 0 where it is free. */
  features: readonly { name: string; monotone: 0 | 1 }[]
  labels: readonly string[]
  [key: string]: unknown
}

/** Rows of little-endian float32, features first and then labels, in `NAME.f32`; NaN is unknown. */
export interface TableWriter {
  /** @throws RangeError where a row has another width than the columns */
  row(features: Float32Array, labels: readonly number[]): void
  close(): Promise<number>
}

/** Opens a table of that name in a folder, replacing one that is there. */
export async function createTable(folder: string, name: string, about: TableAbout): Promise<TableWriter> {
  await writeFile(join(folder, `${name}.json`), `${JSON.stringify(about, null, 2)}\n`)
  const stream = createWriteStream(join(folder, `${name}.f32`))
  const width = about.features.length + about.labels.length
  let rows = 0
  return {
    row(features, labels) {
      if (features.length + labels.length !== width)
        throw new RangeError(
          `writing table "${name}": a row of ${features.length + labels.length} values, ${width} columns`,
        )
      const values = new Float32Array(width)
      values.set(features)
      values.set(labels, features.length)
      stream.write(Buffer.from(values.buffer))
      rows += 1
    },
    async close() {
      stream.end()
      await finished(stream)
      return rows
    },
  }
}
