import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { sha256 } from '../cli/artifacts.ts'
import type { LabResult } from '../lab/run-lab.ts'
import { pricingModelExample } from '../src/pricing/pricing-example.ts'

const repository = join(import.meta.dirname, '../..')
const folder = mkdtempSync(join(tmpdir(), 'fairmile-lab-test-'))
const drives = join(folder, 'drives')
after(() => rmSync(folder, { recursive: true }))

/** Runs `npm run lab` on two simulated drives of one person. */
function lab(...args: string[]) {
  return spawnSync(process.execPath, [join(repository, 'models/lab/lab.ts'), ...args], { encoding: 'utf8' })
}

/** The last line of a run that succeeded. */
function compared(...args: string[]): LabResult {
  const { status, stdout, stderr } = lab('--drives', drives, '--json', ...args)
  assert.equal(status, 0, stderr)
  return JSON.parse(stdout.trimEnd().split('\n').at(-1)!)
}

function fileOf(name: string, content: unknown): string {
  const path = join(folder, name)
  writeFileSync(path, JSON.stringify(content))
  return path
}

const bandsG = (log: number, coach: number, count: number) => ({ bandsG: { log, coach, count } })

describe('lab', () => {
  before(() => {
    const record = join(repository, 'sim/src/cli/record.ts')
    const size = ['--drives', '2', '--drives-per-driver', '2', '--minutes', '6']
    execFileSync(process.execPath, [record, '--seed', '3', ...size, '--known-mount', '--gzip', '--out', drives], {
      stdio: 'ignore',
    })
  })

  it('shows that stricter thresholds make events, and what they do to score and premium', () => {
    const harsh = { harsh_acceleration: bandsG(0.12, 0.14, 0.16), harsh_braking: bandsG(0.12, 0.14, 0.16) }
    const strict = fileOf('strict.json', { version: 'strict', harsh })
    const { totals, drives: each, drivers, dislocation, after } = compared('--thresholds', strict)
    assert.match(after, /thresholds strict/)
    assert.ok(totals.events.after > totals.events.before && totals.events.appeared > 0, JSON.stringify(totals))
    assert.ok(each.some(({ events }) => events.appeared.some(({ band, grade }) => band === 'count' && grade === 'A')))
    const [driver = assert.fail()] = drivers
    assert.equal(driver.drives, 2)
    assert.ok(driver.after.risk >= driver.before.risk)
    assert.ok(driver.after.monthMinor > driver.before.monthMinor)
    assert.ok(driver.after.discountPpm < driver.before.discountPpm)
    assert.equal(dislocation.dearer, 1)
  })

  it('shows that the same thresholds change nothing', () => {
    const { totals, drives: each, drivers, dislocation } = compared('--thresholds', fileOf('same.json', {}))
    const { appeared, vanished, changed, before, after } = totals.events
    assert.deepEqual([appeared, vanished, changed], [0, 0, 0])
    assert.ok(before === after && before > 0)
    for (const { risk } of each) assert.equal(risk.before, risk.after)
    for (const driver of drivers) assert.deepEqual(driver.before, driver.after)
    assert.deepEqual([dislocation.cheaper, dislocation.dearer, dislocation.meanPercent], [0, 0, 0])
  })

  it('scores and prices by another driver model, and leaves the events alone', () => {
    const { modelText, manifestText } = pricingModelExample(sha256)
    const model = join(folder, 'model')
    mkdirSync(model)
    writeFileSync(join(model, 'manifest.json'), manifestText)
    writeFileSync(join(model, 'model.json'), modelText)
    const { totals, drivers, after } = compared('--model', model, '--as-km', '1000')
    assert.match(after, /driver-example 1\.0\.0/)
    assert.deepEqual([totals.events.appeared, totals.events.vanished, totals.events.changed], [0, 0, 0])
    const [driver = assert.fail()] = drivers
    assert.ok(Math.abs(driver.before.km - 1000) < 0.01)
    assert.notEqual(driver.after.monthMinor, driver.before.monthMinor)
    writeFileSync(join(model, 'model.json'), `${modelText} `)
    const changed = lab('--model', model, '--drives', drives)
    assert.equal(changed.status, 1)
    assert.match(changed.stderr, /model\.json is not the file that the manifest names/)
  })

  it('says what is wrong, with examples first in its help', () => {
    assert.match(lab('--help').stdout, /^Examples:\n/)
    assert.equal(lab().status, 2)
    assert.match(lab('--drives', drives).stderr, /either --thresholds FILE or --model FOLDER/)
    const wrong = lab('--thresholds', fileOf('wrong.json', { holdMs: -1 }), '--drives', drives)
    assert.equal(wrong.status, 1)
    assert.match(wrong.stderr, /wrong\.json": reading thresholds: "holdMs" is a number, not negative/)
    const same = fileOf('same.json', {})
    assert.match(lab('--thresholds', same, '--drives', folder).stderr, /has a drive\.json/)
    assert.match(lab('--thresholds', same, '--drives', join(folder, 'gone')).stderr, /there is no folder/)
  })
})
