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
/** Sentences of one epoch round its time differently (Garmin eXplorist: .295 and .30); gpsd tells each. */
const toleranceMs = 10

/** Reports of gpsd that we do not make, by log; docs/guides/gnss.md says why. */
const explainedMisses = { 'GPSmap-76S.log': 2, 'tr737A+.log': 1 }

interface Position {
  lat: number
  lon: number
}

const near = (a: Position, b: Position): boolean =>
  Math.abs(a.lat - b.lat) <= toleranceDeg && Math.abs(a.lon - b.lon) <= toleranceDeg

interface Report extends Position {
  mode: number
  time?: string
}

/** Every report of gpsd with a position: it makes one a sentence until it has learned a receiver's cycle, then one a cycle. */
const reportsOf = (log: string): Report[] =>
  readFileSync(`${log}.chk`, 'latin1')
    .split('\n')
    .filter((line) => line.startsWith('{"class":"TPV"'))
    .map((line): Partial<Report> => JSON.parse(line))
    .filter((tpv): tpv is Report => (tpv.mode ?? 0) >= 2 && tpv.lat !== undefined && tpv.lon !== undefined)

type OurFix = Position & { t: string | null }

const decodeFile = async (log: string): Promise<OurFix[]> => {
  const output = new PassThrough()
  const lines = text(output)
  await decodeStream(createReadStream(log), output)
  output.end()
  const fixes = (await lines).split('\n').filter((line) => line !== '')
  return fixes.map((line): OurFix => JSON.parse(line)).filter((fix) => fix.lat !== null)
}

const tells = (fix: OurFix, { time, ...position }: Report): boolean =>
  near(fix, position) &&
  (time === undefined || (fix.t !== null && Math.abs(Date.parse(fix.t) - Date.parse(time)) <= toleranceMs))

const skip = existsSync(folder) ? false : `the logs of real receivers are not here (${folder})`

test('decode finds at least 99 % of gpsd’s fixes in the logs of real receivers, and no place that gpsd does not', {
  skip,
}, async (t) => {
  const rows: string[] = []
  const misses: Record<string, number> = {}
  const foreign: string[] = []
  let all = 0
  let missed = 0
  for (const name of readdirSync(folder).filter((file) => file.endsWith('.log'))) {
    const log = join(folder, name)
    const reports = reportsOf(log)
    const fixes = await decodeFile(log)
    const lost = reports.filter((report) => !fixes.some((fix) => tells(fix, report))).length
    // A log's last epoch is one that gpsd still waits for the end of.
    for (const fix of fixes.slice(0, -1))
      if (!reports.some((report) => near(fix, report))) foreign.push(`${name} ${fix.t} ${fix.lat} ${fix.lon}`)
    assert.ok(!fixes.some((fix) => fix.lat === 0 && fix.lon === 0), `${name}: a fix at 0°/0°`)
    if (lost > 0) misses[name] = lost
    all += reports.length
    missed += lost
    rows.push(
      `${name.padEnd(36)} fixes ${String(fixes.length).padStart(4)}  reports ${reports.length - lost}/${reports.length}`,
    )
  }
  t.diagnostic(`\n${rows.join('\n')}`)
  assert.deepEqual(foreign, [])
  assert.deepEqual(misses, explainedMisses)
  assert.ok(all > 3000 && missed / all <= 0.01, `${missed} of ${all} reports missed`)
})
