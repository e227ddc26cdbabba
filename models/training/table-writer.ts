import { closeSync, openSync, writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'

/** What a table says of itself, in `NAME.json`. */
export interface TableAbout {
  /** Version of the feature code that filled it. */
  featureVersion: number
  /** Columns in order; `monotone` is 1 where more of it may only raise the risk, −1 where it may only lower it, 0 where it is free. */
  features: readonly { name: string; monotone: -1 | 0 | 1 }[]
  labels: readonly string[]
  [key: string]: unknown
}

/** Rows of little-endian float32, features first and then labels, in `NAME.f32`; NaN is unknown. */
export interface TableWriter {
  /** @throws RangeError where a row has another width than the columns */
  row(features: Float32Array, labels: readonly number[]): void
  /** Returns the number of rows. */
  close(): number
}

/** Rows that are gathered before they are written: enough for a large write, little to keep. */
const gathered = 4096

/** Opens a table of that name in a folder, replacing one that is there. What `about` says is written when it is closed. */
export function createTable(folder: string, name: string, about: TableAbout): TableWriter {
  const file = openSync(join(folder, `${name}.f32`), 'w')
  const width = about.features.length + about.labels.length
  const waiting = new Float32Array(gathered * width)
  let rows = 0
  let count = 0
  const flush = (): void => {
    writeSync(file, new Uint8Array(waiting.buffer, 0, count * width * 4))
    count = 0
  }
  return {
    row(features, labels) {
      if (features.length + labels.length !== width)
        throw new RangeError(
          `writing table "${name}": a row of ${features.length + labels.length} values, ${width} columns`,
        )
      waiting.set(features, count * width)
      waiting.set(labels, count * width + features.length)
      rows += 1
      if (++count === gathered) flush()
    },
    close() {
      flush()
      closeSync(file)
      writeFileSync(join(folder, `${name}.json`), `${JSON.stringify(about, null, 2)}\n`)
      return rows
    },
  }
}
