import assert from 'node:assert/strict'
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import type { Page as ApiPage } from '@fairmile/contract/http/page.ts'
import type { Premium } from '@fairmile/contract/http/pricing.ts'
import type { Trip } from '@fairmile/contract/http/trips.ts'
import type { Receipt } from '@fairmile/contract/receipt.ts'
import { EARTH_RADIUS_M } from '@fairmile/contract/units.ts'
import { type GpsRow, readRecording } from '../src/recording/read-recording.ts'
import { asDriver, queryStopped, root, runTool, startProgram } from './program.ts'

const folder = join(process.env.FAIRMILE_SHARED ?? join(root, '../shared'), 'data/drives/regensburg-raspberry-pi')
const skip = existsSync(folder) ? false : `the recording ${folder} is not on this machine`

/** Metres along the fixes, great circles. */
function pathM(rows: readonly GpsRow[]): number {
  const rad = Math.PI / 180
  const known = rows.filter(({ lat }) => lat !== null)
  return known.slice(1).reduce((sum, { lat, lon }, index) => {
    const before = known[index]!
    const dLat = (lat! - before.lat!) * rad
    const dLon = (lon! - before.lon!) * rad
    const h = Math.sin(dLat / 2) ** 2 + Math.cos(lat! * rad) * Math.cos(before.lat! * rad) * Math.sin(dLon / 2) ** 2
    return sum + 2 * EARTH_RADIUS_M * Math.asin(Math.sqrt(h))
  }, 0)
}

test('a recording through the doors becomes one trip, a score and a premium that its receipt proves', {
  skip,
}, async (t) => {
  const program = await startProgram('--recording', folder, '--speed', '1')
  t.after(async () => {
    await program.stop()
    program.remove()
  })
  await program.line(/stays up for looking/)
  const get = await asDriver(program)
  const { user } = { user: await get<{ driverId: string }>('/auth/me') }
  const trips = (await get<ApiPage<Trip>>(`/drivers/${user.driverId}/trips`)).items
  const status = JSON.parse(
    runTool('agent/bin/fairmile-agent.mjs', ['status', '--json'], { FAIRMILE_DATA: join(program.dataDir, 'agent') }),
  ) as { lanes: Record<string, { lastSeq: number; acked: number }>; calibration: { yawDeg: number } }

  await t.test('one trip, as long as the path of its fixes within 2 %, with no crash', () => {
    assert.equal(trips.length, 1)
    const expected = pathM(readRecording(folder).gps)
    assert.ok(Math.abs(trips[0]!.distanceM! / expected - 1) < 0.02, `${trips[0]!.distanceM} of ${expected} m`)
    assert.ok(trips[0]!.events.every(({ kind }) => kind !== 'crash'))
  })
  await t.test('the mount is found: x forward, within 10°', () => {
    assert.ok(Math.abs(status.calibration.yawDeg) < 10, `${status.calibration.yawDeg}°`)
  })
  await t.test('fairmile verify agrees with the receipt, and finds a changed cent', async () => {
    const premium = await get<Premium>(`/drivers/${user.driverId}/premium`)
    const receipt = await get<Receipt>(`/drivers/${user.driverId}/receipts/${premium.receiptId}`)
    const file = join(program.dataDir, 'receipt.json')
    writeFileSync(file, JSON.stringify(receipt))
    assert.match(runTool('models/bin/fairmile.mjs', ['verify', file]), /^ok: /)
    writeFileSync(file, JSON.stringify({ ...receipt, premiumMinor: receipt.premiumMinor + 1 }))
    assert.throws(() => runTool('models/bin/fairmile.mjs', ['verify', file]))
  })
  await t.test('it stops cleanly, and every telematics record of the device is one row, none twice', async () => {
    assert.equal(await program.stop(), 0)
    const sent = status.lanes.telematics!
    assert.equal(sent.acked, sent.lastSeq)
    const rows = queryStopped<{ rows: number; different: number; first: number; last: number }>(
      program,
      'SELECT count(*)::int AS rows, count(DISTINCT (device_id, boot_id, seq))::int AS different, min(seq)::int AS first, max(seq)::int AS last FROM telematics_events',
    )
    assert.deepEqual(rows, { rows: sent.lastSeq, different: sent.lastSeq, first: 1, last: sent.lastSeq })
    assert.ok(sent.lastSeq > 500)
  })
})
