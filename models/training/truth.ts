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

/** The posted limit at a time, km/h; NaN where the drive has none. */
export function limitAt({ speedLimits_kmh: limits }: Truth, tS: number): number {
  return limits.findLast(([fromS]) => fromS <= tS)?.[1] ?? limits[0]?.[1] ?? Number.NaN
}

/** Reads the truth beside a recording. */
export async function readTruth(folder: string): Promise<Truth> {
  return JSON.parse(await readFile(join(folder, 'truth.json'), 'utf8'))
}
