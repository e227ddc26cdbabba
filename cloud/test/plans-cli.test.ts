import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { after, before, describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import { planExample, receiptInputExample, tripExample } from '@fairmile/models/pricing/pricing-example.ts'
import { issueReceipt } from '@fairmile/models/pricing/receipt.ts'
import type { Simulation } from '@fairmile/models/pricing/simulation.ts'
import { openDatabase } from '../src/db/open.ts'
import { addUser, password } from './api-rig.ts'
import { prepareData } from './engines.ts'

const cli = fileURLToPath(new URL('../bin/fairmile-cloud.mjs', import.meta.url))
const sha256 = (content: string): string => createHash('sha256').update(content).digest('hex')

describe('fairmile-cloud plans', () => {
  const folder = mkdtempSync(join(tmpdir(), 'fairmile-plans-'))
  const data = join(folder, 'data')
  const plan = join(folder, 'plan.json')
  after(() => rmSync(folder, { recursive: true, force: true }))
  before(async () => {
    writeFileSync(plan, JSON.stringify(planExample()))
    await prepareData(data)
    const database = await openDatabase({ folder: data })
    await addUser(database.db, 'ana@example.org')
    await addUser(database.db, 'cy@example.org')
    await database.close()
  })

  async function run(args: string[], input = '') {
    const env = { PATH: process.env.PATH, FAIRMILE_DATA: data, FAIRMILE_LOG_LEVEL: 'error' }
    const child = spawn(process.execPath, [cli, 'plans', ...args], { env, stdio: ['pipe', 'pipe', 'pipe'] })
    const code = new Promise<number | null>((resolve) => child.once('exit', resolve))
    child.stdin.end(input)
    const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)])
    return { stdout, stderr, code: await code }
  }

  const approve = (as: string, ...more: string[]) =>
    run(['approve', 'example-1', '--as', as, '--note', 'seen', ...more], password)
  const listOne = async () => {
    const [listed = ''] = (await run(['list', '--json'])).stdout.trim().split('\n')
    return JSON.parse(listed) as { hash: string; state: string }
  }

  it('validate tells every problem with its path, and needs no database', async () => {
    const bad = join(folder, 'bad.json')
    writeFileSync(bad, JSON.stringify({ ...planExample(), currency: 'euro', coverages: [] }))
    const found = await run(['validate', bad, '--json'])
    const { problems } = JSON.parse(found.stdout) as { problems: { path: string }[] }
    assert.deepEqual([found.code, ...problems.map(({ path }) => path)], [1, 'currency', 'coverages'])
    const twice = JSON.stringify(planExample()).replace('{', '{"currency":"USD",')
    const repeated = await run(['validate', '-'], twice)
    assert.deepEqual([repeated.code, repeated.stdout], [1, 'currency: the key is there more than once\n'])
    const good = await run(['validate', '-'], JSON.stringify(planExample()))
    assert.deepEqual([good.code, good.stderr], [0, '-: a valid plan.\n'])
  })

  it('simulate prices receipts in a folder without a database', async () => {
    const receipts = join(folder, 'receipts')
    mkdirSync(receipts)
    for (const n of [1, 2]) {
      const trips = [tripExample(0, { km: 100 * n }), tripExample(9, { km: 30 })]
      const { body } = issueReceipt({ ...receiptInputExample(sha256, trips), policyId: `POL-${n}` })
      writeFileSync(join(receipts, `${n}.json`), body)
    }
    const { stdout, code } = await run(['simulate', plan, '--trips', receipts, '--json'])
    const simulation = JSON.parse(stdout) as Simulation
    assert.deepEqual([code, simulation.policies, simulation.distanceKm, simulation.offBalance?.ratio], [0, 2, 360, 1])
    assert.deepEqual(
      simulation.drivers.map(({ policyId }) => policyId),
      ['POL-1', 'POL-2'],
    )
    const told = await run(['simulate', plan, '--trips', receipts])
    assert.match(told.stdout, /Off-balance {7}1\.0000; .*unchanged {5,}█+ 2/s)
  })

  it('submit takes who acts by flag and the password from stdin, checked as a log-in', async () => {
    const submit = (secret: string) => run(['submit', plan, '--as', 'ana@example.org', '--note', 'a test'], secret)
    const wrong = await submit('wrong')
    assert.deepEqual([wrong.code, wrong.stderr], [2, 'The e-mail address or the password is wrong.\n'])
    assert.equal((await submit(`${password}\n`)).code, 0)
    const listed = await listOne()
    assert.partialDeepStrictEqual(listed, { id: 'example-1', state: 'draft', createdBy: 'ana@example.org' })
    const own = await approve('ana@example.org', '--hash', listed.hash)
    assert.match(own.stderr, /was submitted by ana@example.org: another admin must approve it/)
  })

  it('approve takes the plan that was looked at, and none that came in its place', async () => {
    const seen = (await run(['simulate', 'example-1'])).stdout
    const { hash } = await listOne()
    assert.match(seen, new RegExp(`^Hash +${hash}$`, 'm'))
    const unseen = await approve('cy@example.org')
    assert.deepEqual([unseen.code, (await listOne()).state], [2, 'draft'])
    assert.match(unseen.stderr, /say with --hash which plan you looked at; "fairmile-cloud plans simulate example-1"/)

    writeFileSync(plan, JSON.stringify({ ...planExample(), title: 'Dearer' }))
    assert.equal((await run(['submit', plan, '--as', 'ana@example.org', '--note', 'sly'], password)).code, 0)
    await run(['simulate', 'example-1'])
    const other = await approve('cy@example.org', '--hash', hash)
    assert.deepEqual([other.code, (await listOne()).state], [2, 'draft'])
    assert.match(other.stderr, /was submitted anew since you saw it/)
    assert.equal((await approve('cy@example.org', '--hash', (await listOne()).hash)).code, 0)
    assert.equal((await listOne()).state, 'approved')
  })
})
