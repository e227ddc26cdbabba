import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after } from 'node:test'
import { generateKeyPair, sign } from '@fairmile/contract/chain.ts'
import type { ReceiptV1 } from '@fairmile/contract/receipt.ts'
import { planExample, pricingModelExample, receiptInputExample, tripExample } from '../src/pricing/pricing-example.ts'
import { type Issuer, issueReceipt, keyIdOf } from '../src/pricing/receipt.ts'
import { issueReceiptV1 } from '../src/pricing/receipt-v1-example.ts'
import { sha256 } from './artifacts.ts'

/** Where the files of these tests are; gone after them. */
export const folder = mkdtempSync(join(tmpdir(), 'fairmile-verify-'))
after(() => rmSync(folder, { recursive: true }))

const { modelText, manifestText } = pricingModelExample(sha256)
const artifact = join(folder, 'artifacts', 'driver-example', '1.0.0')
mkdirSync(artifact, { recursive: true })
writeFileSync(join(artifact, 'manifest.json'), manifestText)
writeFileSync(join(artifact, 'model.json'), modelText)
mkdirSync(join(folder, 'plans'))
writeFileSync(join(folder, 'plans', 'example-1.json'), JSON.stringify(planExample()))
const { publicKey: rawKey, privateKey } = generateKeyPair()
const publicKey = Buffer.from(rawKey, 'base64url').toString('hex')
/** Signs with a key that `keysFile` publishes. */
export const issuer: Issuer = {
  ...{ publicKey, keyId: keyIdOf(publicKey, sha256) },
  sign: (text) => sign(Buffer.from(text), privateKey).toString('hex'),
}
/** What the receipt of these tests is issued from. */
export const input = { ...receiptInputExample(sha256, [tripExample(0), tripExample(4)]), issuer }
export const { body, receipt } = issueReceipt(input)
/** A receipt of the first format that follows another. */
export const issuedAfter = (before: ReceiptV1['before']): string => issueReceiptV1({ ...input, before }).body
export const keysFile = join(folder, 'keys.json')
writeFileSync(keysFile, JSON.stringify({ keys: [{ keyId: issuer.keyId, publicKey }] }))

export const cli = join(import.meta.dirname, '../bin/fairmile.mjs')
/** The options that name the models and plans of these tests. */
export const folders = ['--artifacts', join(folder, 'artifacts'), '--plans', join(folder, 'plans')]

/** Runs `fairmile verify` on a text. */
export function verify(
  text: string | Buffer,
  ...more: string[]
): { status: number | null; stdout: string; stderr: string } {
  const file = join(folder, 'receipt.json')
  writeFileSync(file, text)
  return spawnSync(process.execPath, [cli, 'verify', file, ...folders, ...more], { encoding: 'utf8' })
}
