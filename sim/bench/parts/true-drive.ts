import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import type { Mount } from '../../src/sensors/mount.ts'
import type { TrueSpans } from './match-events.ts'

/** True motion ten times a second. */
export interface TrueMotion {
  tS: Float64Array
  speedMps: Float64Array
  aLong: Float64Array
  aLat: Float64Array
}

/** What a simulated drive truly was. */
export interface TrueDrive extends TrueSpans {
  mount: Mount
  /** Specific force at rest on level ground in the device's axes: gravity with the part's own errors, m/s². */
  levelForce: [number, number, number]
  distanceKm: number
  durationS: number
  motion: TrueMotion
}

/** Reads `truth.json` and `truth.csv` of a recording. */
export function readTrueDrive(folder: string): TrueDrive {
  const truth = JSON.parse(readFileSync(join(folder, 'truth.json'), 'utf8'))
  const rows = gunzipSync(readFileSync(join(folder, 'truth.csv.gz')))
    .toString('utf8')
    .trimEnd()
    .split('\n')
    .slice(1)
  const motion: TrueMotion = {
    tS: new Float64Array(rows.length),
    speedMps: new Float64Array(rows.length),
    aLong: new Float64Array(rows.length),
    aLat: new Float64Array(rows.length),
  }
  for (const [index, row] of rows.entries()) {
    const [tS, speedMps, aLong, aLat] = row.split(',').map(Number) as [number, number, number, number]
    motion.tS[index] = tS
    motion.speedMps[index] = speedMps
    motion.aLong[index] = aLong
    motion.aLat[index] = aLat
  }
  return { ...truth, levelForce: truth.levelForce_mps2, motion }
}
