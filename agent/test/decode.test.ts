import assert from 'node:assert/strict'
import { createReadStream, existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { text } from 'node:stream/consumers'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { decodeStream } from '../src/cli/decode.ts'

const shared = process.env.FAIRMILE_SHARED ?? fileURLToPath(new URL('../../../shared', import.meta.url))
const folder = join(shared, 'data', 'nmea')
const toleranceDeg = 1e-5

interface Position {
  lat: number
  lon: number
}

const near = (a: Position, b: Position): boolean =>
  Math.abs(a.lat - b.lat) <= toleranceDeg && Math.abs(a.lon - b.lon) <= toleranceDeg

/** Fixes with a position that gpsd found: its last word on each time, and each position it ever gave. */
const referenceOf = (log: string) => {
  const byTime = new Map<string, Position>()
  const positions = new Map<string, Position>()
  for (const line of readFileSync(`${log}.chk`, 'latin1').split('\n')) {
    if (!line.startsWith('{"class":"TPV"')) continue
    const tpv = JSON.parse(line)
    if (!(tpv.mode >= 2) || tpv.lat === undefined || tpv.lon === undefined) continue
    positions.set(`${tpv.lat},${tpv.lon}`, tpv)
    if (tpv.time !== undefined) byTime.set(tpv.time, tpv)
  }
  return { byTime, positions: [...positions.values()] }
}

const decodeFile = async (log: string) => {
  const output = new PassThrough()
  const lines = text(output)
  const counts = await decodeStream(createReadStream(log), output)
  output.end()
  const fixes = (await lines)
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Position & { t: string | null })
  return { counts, fixes: fixes.filter((fix) => fix.lat !== null) }
}

const skip = existsSync(folder) ? false : `the logs of real receivers are not here (${folder})`

test('decode finds at least 95 % of the fixes that gpsd finds in each log of real receivers', { skip }, async (t) => {
  const rows: string[] = []
  const short: string[] = []
  for (const name of readdirSync(folder).filter((file) => file.endsWith('.log'))) {
    const log = join(folder, name)
    const { byTime, positions } = referenceOf(log)
    const { counts, fixes } = await decodeFile(log)
    const found = positions.filter((position) => fixes.some((fix) => near(fix, position))).length
    const timed = [...byTime].filter(([at, position]) =>
      fixes.some((fix) => fix.t === at && near(fix, position)),
    ).length
    const share = positions.length === 0 ? 1 : Math.min(found / positions.length, byTime.size ? timed / byTime.size : 1)
    if (share < 0.95) short.push(`${name} ${(100 * share).toFixed(1)} %`)
    assert.ok(!fixes.some((fix) => fix.lat === 0 && fix.lon === 0), `${name}: a fix at 0°/0°`)
    rows.push(
      `${name.padEnd(36)} fixes ${String(fixes.length).padStart(4)}  positions ${found}/${positions.length}  ` +
        `times ${timed}/${byTime.size}  bad checksums ${counts.badChecksums}`,
    )
  }
  t.diagnostic(`\n${rows.join('\n')}`)
  assert.deepEqual(short, [])
})
