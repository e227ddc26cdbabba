import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { pythonEnvironment } from '../../../scripts/python-environment.ts'

const program = fileURLToPath(new URL('../../../models/training/native_speed.py', import.meta.url))

/** A way in which XGBoost predicts, as `native_speed.py` knows it. */
export type NativeWay = 'inplace' | 'matrix' | 'contributions'

/** XGBoost in a process of its own, with the rows and the model in its memory. */
export interface NativeSpeed {
  /** Seconds of one prediction of all rows; what goes between the processes is not counted. */
  secondsOf(way: NativeWay): Promise<number>
  close(): Promise<void>
}

/**
 * Starts XGBoost on an artifact's `model.json`.
 *
 * @param options.rows of features, one after the other, NaN where unknown
 * @throws Error where Python cannot be had
 */
export async function openNativeSpeed(options: {
  folder: string
  rows: Float32Array
  threads: number
}): Promise<NativeSpeed> {
  const python = await pythonEnvironment()
  const work = mkdtempSync(join(tmpdir(), 'fairmile-native-'))
  const rowsFile = join(work, 'rows.f32')
  writeFileSync(rowsFile, options.rows)
  const args = [program, join(options.folder, 'model.json'), rowsFile, String(options.threads)]
  const child = spawn(python, args, { stdio: ['pipe', 'pipe', 'inherit'] })
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()))
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()

  return {
    async secondsOf(way) {
      child.stdin.write(`${way}\n`)
      const seconds = Number((await lines.next()).value)
      if (!(seconds > 0)) throw new Error(`Timing XGBoost's "${way}": its process gave no seconds`)
      return seconds
    },
    async close() {
      child.stdin.end()
      await ended
      rmSync(work, { recursive: true })
    },
  }
}
