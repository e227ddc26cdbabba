import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { pythonEnvironment } from '../../scripts/python-environment.ts'

const program = fileURLToPath(new URL('parity.py', import.meta.url))
const environment = fileURLToPath(new URL('../../data/training/venv', import.meta.url))

/**
 * Asks XGBoost itself, in Python, about rows.
 *
 * @param folder artifact with `model.json`
 * @param rows of features, one after the other, NaN where unknown
 * @param what `margins`, one a row, or its SHAP values (`pred_contribs`), one a feature and the base behind them
 * @throws Error where Python cannot be had (`pythonMissing` tells beforehand) or fails
 */
export async function nativeAnswers(
  folder: string,
  rows: Float32Array,
  what: 'margins' | 'contributions',
): Promise<Float32Array> {
  const python = await pythonEnvironment(environment)
  const work = mkdtempSync(join(tmpdir(), 'fairmile-native-'))
  try {
    const [input, output] = [join(work, 'rows.f32'), join(work, 'answers.f32')]
    writeFileSync(input, rows)
    const args = [program, join(folder, 'model.json'), input, what, output]
    execFileSync(python, args, { stdio: ['ignore', 'ignore', 'inherit'] })
    return new Float32Array(new Uint8Array(readFileSync(output)).buffer)
  } finally {
    rmSync(work, { recursive: true })
  }
}
