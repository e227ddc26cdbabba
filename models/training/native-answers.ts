import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { pythonEnvironment } from '../../scripts/python-environment.ts'

const program = fileURLToPath(new URL('parity.py', import.meta.url))
const environment = fileURLToPath(new URL('../../data/training/venv', import.meta.url))

/** What XGBoost itself says of rows. */
export interface NativeAnswers {
  /** One a row. */
  margins: Float32Array
  /** One a feature and the base behind them, row after row. */
  contributions: Float32Array
}

/**
 * Asks XGBoost in Python for margins and `pred_contribs`.
 *
 * @param folder artifact with `model.json`
 * @param rows of features, one after the other, NaN where unknown
 * @throws Error where Python cannot be had (`pythonMissing` tells beforehand) or fails
 */
export async function nativeAnswers(folder: string, rows: Float32Array): Promise<NativeAnswers> {
  const python = await pythonEnvironment(environment)
  const work = mkdtempSync(join(tmpdir(), 'fairmile-native-'))
  try {
    const rowsFile = join(work, 'rows.f32')
    writeFileSync(rowsFile, rows)
    execFileSync(python, [program, join(folder, 'model.json'), rowsFile, work], {
      stdio: ['ignore', 'ignore', 'inherit'],
    })
    return { margins: floats(join(work, 'margins.f32')), contributions: floats(join(work, 'contributions.f32')) }
  } finally {
    rmSync(work, { recursive: true })
  }
}

const floats = (path: string): Float32Array => new Float32Array(new Uint8Array(readFileSync(path)).buffer)
