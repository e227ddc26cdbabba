import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'

const cli = fileURLToPath(new URL('../src/cli/record.ts', import.meta.url))
const record = (...args: string[]) => spawnSync(process.execPath, [cli, ...args], { encoding: 'utf8' })

test('record writes a folder a drive, people with several drives, and a JSON line each', (t) => {
  const out = mkdtempSync(join(tmpdir(), 'fairmile-record-'))
  t.after(() => rmSync(out, { recursive: true }))
  const common = ['--seed', '3', '--minutes', '2', '--drives', '3', '--drives-per-driver', '2', '--mount', 'random']
  const { stdout, status } = record(...common, '--no-imu', '--gzip', '--json', '--out', out)
  assert.equal(status, 0)
  assert.equal(stdout.trim().split('\n').length, 3)
  assert.deepEqual(readdirSync(out), ['0001', '0002', '0003'])
  assert.deepEqual(readdirSync(join(out, '0001')), ['drive.json', 'gps.csv.gz', 'truth.json'])
  const truths = ['0001', '0002', '0003'].map((name) => JSON.parse(readFileSync(join(out, name, 'truth.json'), 'utf8')))
  assert.equal(truths[0].driver.id, truths[1].driver.id)
  assert.deepEqual(truths[0].driver, truths[1].driver)
  assert.notEqual(truths[0].distanceKm, truths[1].distanceKm)
  assert.notEqual(truths[1].driver.id, truths[2].driver.id)
})

test('record says what is wrong with its arguments', () => {
  const { stderr, status } = record('--seed', '1', '--minutes', '5', '--out', '/tmp/x', '--mount', '1,2')
  assert.equal(status, 1)
  assert.match(stderr, /three angles in degrees/)
  assert.match(record('--seed', 'x', '--minutes', '5', '--out', '/tmp/x').stderr, /whole number/)
})
