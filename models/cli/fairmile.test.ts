import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import type { Receipt } from '@fairmile/contract/receipt.ts'
import { planExample, pricingModelExample, receiptInputExample, tripExample } from '../src/pricing/pricing-example.ts'
import { issueReceipt } from '../src/pricing/receipt.ts'
import { sha256 } from './artifacts.ts'

const folder = mkdtempSync(join(tmpdir(), 'fairmile-verify-'))
after(() => rmSync(folder, { recursive: true }))

const { modelText, manifestText } = pricingModelExample(sha256)
const artifact = join(folder, 'artifacts', 'driver-example', '1.0.0')
mkdirSync(artifact, { recursive: true })
writeFileSync(join(artifact, 'manifest.json'), manifestText)
writeFileSync(join(artifact, 'model.json'), modelText)
mkdirSync(join(folder, 'plans'))
writeFileSync(join(folder, 'plans', 'example-1.json'), JSON.stringify(planExample()))
const input = receiptInputExample(sha256, [tripExample(0), tripExample(4)])
const { body, receipt } = issueReceipt(input)
const issuedAfter = (before: Receipt['before']): string => issueReceipt({ ...input, before }).body

/** Runs `fairmile verify` on a text. */
function verify(text: string, ...more: string[]): { status: number | null; stdout: string; stderr: string } {
  const file = join(folder, 'receipt.json')
  writeFileSync(file, text)
  const cli = join(import.meta.dirname, '../bin/fairmile.mjs')
  const options = ['verify', file, '--artifacts', join(folder, 'artifacts'), '--plans', join(folder, 'plans'), ...more]
  return spawnSync(process.execPath, [cli, ...options], { encoding: 'utf8' })
}

test('fairmile verify says ok and leaves with 0', () => {
  const { status, stdout } = verify(body)
  assert.equal(status, 0)
  assert.match(stdout, new RegExp(`^ok: ${receipt.id}, €\\d+\\.\\d\\d for 2 trips`))
})

test('fairmile verify names the first step that differs and leaves with 1', () => {
  const cheaper = body.replace(`"premiumMinor":${receipt.premiumMinor}`, `"premiumMinor":${receipt.premiumMinor - 1}`)
  const { status, stdout } = verify(cheaper, '--json')
  assert.equal(status, 1)
  assert.deepEqual(JSON.parse(stdout), {
    receipt: receipt.id,
    ok: false,
    differs: { step: 'premium in minor units', expected: receipt.premiumMinor, found: receipt.premiumMinor - 1 },
  })
})

test('fairmile verify finds that a model hash was changed', () => {
  const { modelHash } = receipt.model
  const other = modelHash.startsWith('0') ? `1${modelHash.slice(1)}` : `0${modelHash.slice(1)}`
  const { status, stdout } = verify(body.replace(modelHash, other))
  assert.equal(status, 1)
  assert.match(stdout, /^differs: model hash/)
})

test('fairmile verify takes no plan but a published one', () => {
  const plan = planExample()
  plan.coverages[0]!.perKmMicro *= 10
  const { status, stdout } = verify(issueReceipt({ ...input, plan }).body)
  assert.equal(status, 1)
  assert.match(
    stdout,
    /^differs: plan\n {2}expected a published plan: example-1 1\.0\.0 [0-9a-f]{64}\n {2}found {4}not a /,
  )
})

test('fairmile verify checks the receipt before, and leaves with 2 where the premium rests on one that is not given', () => {
  const first = issueReceipt(receiptInputExample(sha256, [tripExample(0)]))
  const previous = join(folder, 'previous.json')
  writeFileSync(previous, first.body)
  const { id: receiptId, premiumMinor } = first.receipt
  const second = issuedAfter({ receiptId, premiumMinor })
  const alone = verify(second)
  assert.equal(alone.status, 0)
  assert.match(alone.stdout, new RegExp(`\nnot checked: the receipt before, ${receiptId}; `))
  const both = verify(second, '--before', previous, '--json')
  assert.equal(both.status, 0)
  assert.deepEqual(JSON.parse(both.stdout).unchecked, [])

  const raised = issuedAfter({ receiptId, premiumMinor: 999_999 })
  assert.equal(verify(raised).status, 2)
  assert.match(
    verify(raised).stdout,
    new RegExp(`^not checked: .* €9,999\\.99 .* ${receiptId}; add that one to --before`),
  )
  assert.partialDeepStrictEqual(JSON.parse(verify(raised, '--json').stdout), { ok: false, unchecked: ['before'] })
  const found = verify(raised, '--before', previous)
  assert.equal(found.status, 1)
  assert.match(found.stdout, /^differs: receipt before\n/)
})

test('fairmile verify leaves with 2 and says why where it cannot check', () => {
  const broken = verify('{"id":')
  assert.equal(broken.status, 2)
  assert.match(broken.stderr, /reading ".*receipt.json": /)
  assert.match(verify('{"id":"RCP-1"}').stderr, /no receipt/)
  const elsewhere = verify(body, '--artifacts', folder)
  assert.equal(elsewhere.status, 2)
  assert.match(elsewhere.stderr, /no artifact below/)
})
