import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { findWindowModel } from '../scoring/artifact.ts'
import { openModel } from '../scoring/onnx.ts'
import type { Found } from './check.ts'

const paritySchema = z.object({ rows: z.array(z.array(z.number().nullable())), margins: z.array(z.number()) })
/** float32 sums of some hundred trees. */
const maxDifference = 1e-4

/** Is the model whole, and does this computer's inference give what training gave? */
export async function checkModel(): Promise<Found> {
  const folder = await findWindowModel()
  if (folder === null) return { result: 'failed', detail: 'no window model came with this agent: install it again' }
  const { rows, margins } = paritySchema.parse(JSON.parse(await readFile(join(folder, 'parity.json'), 'utf8')))
  // Opening compares the hash with the manifest's.
  const { manifest, infer, close } = await openModel(folder)
  try {
    const given = await infer(
      Float32Array.from(rows.flat(), (value) => value ?? Number.NaN),
      rows.length,
    )
    const worst = margins.reduce((most, margin, n) => Math.max(most, Math.abs(margin - given[n]!)), 0)
    const told = `${manifest.name} ${manifest.version}, ${rows.length} known rows differ by at most ${worst.toExponential(1)}`
    if (worst <= maxDifference) return { result: 'ok', detail: told }
    return { result: 'failed', detail: `${told}, at most ${maxDifference} is right: install the agent again` }
  } finally {
    await close()
  }
}
