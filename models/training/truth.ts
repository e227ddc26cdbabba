import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** What training takes from a simulated drive's `truth.json`: never our own features. */
export interface Truth {
  readonly events: readonly { kind: string; start_s: number; end_s: number; level: 'log' | 'coach' | 'count' }[]
  readonly driver: { readonly id: string }
  readonly hazard: { readonly claimsPerKm: number }
}

/** Reads the truth beside a recording. */
export async function readTruth(folder: string): Promise<Truth> {
  return JSON.parse(await readFile(join(folder, 'truth.json'), 'utf8'))
}
