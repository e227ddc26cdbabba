import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { pricingModelExample, receiptInputExample, tripExample } from '../src/pricing/pricing-example.ts'
import { issueReceipt } from '../src/pricing/receipt.ts'
import { sha256 } from './artifacts.ts'

const folder = mkdtempSync(join(tmpdir(), 'fairmile-verify-'))
after(() => rmSync(folder, { recursive: true }))

const { modelText, manifestText } = pricingModelExample(sha256)
const artifact = join(folder, 'artifacts', 'driver-example', '1.0.0')
mkdirSync(artifact, { recursive: true })
writeFileSync(join(artifact, 'manifest.json'), manifestText)
writeFileSync(join(artifact, 'model.json'), modelText)
const { body, receipt } = issueReceipt(receiptInputExample(sha256, [tripExample(0), tripExample(4)]))

/** Runs `fairmile verify` on a text. */
function verify(text: string, ...more: string[]): { status: number | null; stdout: string; stderr: string } {
  const file = join(folder, 'receipt.json')
  writeFileSync(file, text)
  const cli = join(import.meta.dirname, '../bin/fairmile.mjs')
  const options = ['verify', file, '--artifacts', join(folder, 'artifacts'), ...more]
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

test('fairmile verify leaves with 2 and says why where it cannot check', () => {
  const broken = verify('{"id":')
  assert.equal(broken.status, 2)
  assert.match(broken.stderr, /reading ".*receipt.json": /)
  assert.match(verify('{"id":"RCP-1"}').stderr, /no receipt/)
  const elsewhere = verify(body, '--artifacts', folder)
  assert.equal(elsewhere.status, 2)
  assert.match(elsewhere.stderr, /no artifact below/)
})
