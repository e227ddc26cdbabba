import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { text } from 'node:stream/consumers'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { replay } from '../src/cli/replay.ts'

const shared = process.env.FAIRMILE_SHARED ?? fileURLToPath(new URL('../../../shared', import.meta.url))
const drives = join(shared, 'data', 'drives')
const skip = existsSync(drives) ? false : `the recorded drives are not here (${drives})`

const replayed = async (name: string) => {
  const output = new PassThrough()
  const lines = text(output)
  await replay({ folder: join(drives, name), motion: false, output, say: () => {} })
  output.end()
  const all = (await lines)
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
  return { trips: all.filter(({ type }) => type === 'trip'), summary: all.at(-1) }
}

const degreesApart = (a: number, b: number): number => Math.abs(((a - b + 540) % 360) - 180)

test('replay of a Raspberry Pi’s drive finds its way and its axes', { skip }, async () => {
  const { trips, summary } = await replayed('regensburg-raspberry-pi')
  assert.equal(trips.length, 1)
  // 5,640 m is the sum of the steps between fixes, 15 m of them drift of the parked receiver.
  assert.ok(Math.abs(summary.distanceKm / 5.64 - 1) < 0.02, `${summary.distanceKm} km`)
  assert.ok(degreesApart(summary.calibration.yawDeg, 0) < 10)
  assert.ok(degreesApart(summary.calibration.rollDeg, 0) < 10)
  assert.ok(summary.calibration.confidence > 0.8)
  assert.equal(summary.events.crash ?? 0, 0)
})

test('replay of 31 seconds tells a device that looks backward and hangs upside down', { skip }, async () => {
  const { trips, summary } = await replayed('dresden-morning')
  assert.equal(trips.length, 1)
  assert.ok(degreesApart(summary.calibration.yawDeg, 180) < 25, `yaw ${summary.calibration.yawDeg}`)
  assert.ok(degreesApart(summary.calibration.rollDeg, 180) < 10)
})

test('replay without an IMU finds the trip and judges no manoeuvre', { skip }, async () => {
  const { trips, summary } = await replayed('curitiba-a05')
  assert.equal(trips.length, 1)
  assert.ok(Math.abs(summary.distanceKm / 13.52 - 1) < 0.02)
  assert.deepEqual(summary.events, {})
  assert.equal(summary.calibration.confidence, 0)
})

test('replay refuses thresholds that cannot be, with the file and every problem, and ends with 2', () => {
  const path = join(mkdtempSync(join(tmpdir(), 'fairmile-thresholds-')), 'strict.json')
  writeFileSync(path, '{"holdMs": -1, "harsh": {"harsh_breaking": {}}}')
  const cli = fileURLToPath(new URL('../bin/fairmile-agent.mjs', import.meta.url))
  const { status, stderr } = spawnSync(process.execPath, [cli, 'replay', drives, '--thresholds', path], {
    encoding: 'utf8',
  })
  rmSync(join(path, '..'), { recursive: true })
  assert.equal(status, 2)
  assert.match(
    stderr,
    /Opening the thresholds ".*strict\.json": .*"holdMs" is a number.*"harsh\.harsh_breaking" is not known/,
  )
})
