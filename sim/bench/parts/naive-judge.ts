import { createReadStream, existsSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { createGunzip } from 'node:zlib'
import { G_MPS2 } from '@fairmile/contract/units.ts'
import { type Mount, vehicleToDevice } from '../../src/sensors/mount.ts'
import { createTrueEvents } from '../../src/truth/events.ts'
import type { Detection } from './match-events.ts'

/**
 * The reference: what a box does that is told its mount, takes 1 g off the upward axis, and puts the raw acceleration behind
 * the same low-pass, bands, hold and speed gates, with the receiver's last speed. It knows no slope, offset or lag.
 *
 * @returns its events, all of grade A for want of doubt
 */
export async function judgeNaively(options: {
  folder: string
  mount: Mount
  rateHz: number
  gravityIncluded: boolean
}): Promise<Detection[]> {
  const { folder, rateHz } = options
  const r = vehicleToDevice(options.mount)
  const gravity = options.gravityIncluded ? G_MPS2 : 0
  const speeds = existsSync(join(folder, 'gps.csv.gz')) ? speedsOf(await rowsOf(folder, 'gps.csv')) : []
  const watch = createTrueEvents({ rateHz, gated: speeds.length > 0 })
  let at = 0
  let timeS = 0
  for (const [tS, ax, ay, az] of await rowsOf(folder, 'imu.csv')) {
    timeS = tS!
    while (at + 1 < speeds.length && speeds[at + 1]!.tS <= timeS) at++
    const x = ax! - r[2]! * gravity
    const y = ay! - r[5]! * gravity
    const z = az! - r[8]! * gravity
    watch.step(timeS, r[0]! * x + r[3]! * y + r[6]! * z, r[1]! * x + r[4]! * y + r[7]! * z, speeds[at]?.speedMps ?? 0)
  }
  return watch.finish(timeS).map(({ kind, start_s: startS, end_s: endS, max_g: peakG, level: band }) => ({
    kind,
    startS,
    endS,
    peakG,
    band,
    grade: 'A',
  }))
}

const speedsOf = (rows: number[][]) =>
  rows.filter((row) => Number.isFinite(row[3])).map((row) => ({ tS: row[0]!, speedMps: row[3]! }))

/** Rows of numbers, NaN where a field is blank. */
async function rowsOf(folder: string, name: string): Promise<number[][]> {
  const rows: number[][] = []
  const bytes = createReadStream(join(folder, `${name}.gz`)).pipe(createGunzip())
  let header = true
  for await (const line of createInterface({ input: bytes })) {
    if (!header) rows.push(line.split(',').map((field) => (field === '' ? Number.NaN : Number(field))))
    header = false
  }
  return rows
}
