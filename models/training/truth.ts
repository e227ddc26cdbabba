import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** What training takes from a simulated drive's `truth.json`: never our own features. */
export interface Truth {
  readonly events: readonly { kind: string; start_s: number; end_s: number; level: 'log' | 'coach' | 'count' }[]
  /** Posted limits: from this second on, so many km/h. */
  readonly speedLimits_kmh: readonly (readonly [number, number])[]
  /** Who drives, with their latent parameters. */
  readonly driver: { readonly id: string } & Readonly<Record<string, number | string>>
  /** Looking away: how often, how long. */
  readonly lapses: { readonly count: number; readonly seconds: number }
  /** When braking came too late and the driver swerved. */
  readonly nearCrashes_s: readonly number[]
}

/** Reads the truth beside a recording. */
export async function readTruth(folder: string): Promise<Truth> {
  return JSON.parse(await readFile(join(folder, 'truth.json'), 'utf8'))
}
