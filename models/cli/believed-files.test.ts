import assert from 'node:assert/strict'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { tripExample } from '../src/pricing/pricing-example.ts'
import { issueReceiptV1 } from '../src/pricing/receipt-v1-example.ts'
import { parseKeys, readProof, readReceipt } from './believed-files.ts'
import { body, folder, input, issuer, keysFile, receipt, verify } from './verify-rig.ts'

/** The receipt with ten times the kilometres, made over into one of the first format, which has no signature that could betray it. */
const forged = issueReceiptV1({
  ...{ ...input, before: null },
  trips: input.trips.map((trip) => ({ ...trip, statistics: tripExample(0, { km: 200 }).statistics })),
})

function file(text: string): string {
  const path = join(folder, 'believed.json')
  writeFileSync(path, text)
  return path
}

test('fairmile verify finds nothing right that nobody signed where published keys are given', () => {
  assert.ok(forged.receipt.premiumMinor > 2 * receipt.premiumMinor)
  const { status, stdout } = verify(forged.body, '--keys', keysFile, '--json')
  assert.equal(status, 2, stdout)
  assert.deepEqual(JSON.parse(stdout), {
    receipt: forged.receipt.id,
    ok: false,
    unsigned: true,
    unchecked: ['signature', 'issuer'],
  })
  assert.match(verify(forged.body, '--keys', keysFile).stdout, /^not checked: RCP-\w+, .* nobody signed it/)
  const believed = verify(forged.body, '--json')
  assert.equal(believed.status, 0)
  assert.deepEqual(JSON.parse(believed.stdout).unchecked, ['signature', 'issuer'])
  assert.match(
    verify(forged.body).stdout,
    /\nnot checked: who issued it; receipts of the first format are not signed\n$/,
  )
  const cheaper = forged.body.replace(/"premiumMinor":\d+/, '"premiumMinor":1')
  assert.equal(verify(cheaper, '--keys', keysFile).status, 1)
})

test('files of keys, proofs and receipts before that are none are named', () => {
  const keyless = ['null', '[]', '{"keys":[null]}', '{"keys":[{"keyId":"1"}]}', '{"keys":{}}', '{']
  for (const text of keyless) assert.throws(() => parseKeys(text, 'a.json'), /^Error: reading "a\.json": /, text)
  const { keyId, publicKey } = issuer
  assert.deepEqual(parseKeys(readFileSync(keysFile, 'utf8'), keysFile), [{ keyId, publicKey }])
  for (const [read, texts] of [
    [readProof, ['null', '[]', '"a proof"', '0', '{']],
    [readReceipt, ['null', '[]', '{}', '7', '{']],
  ] as const)
    for (const text of texts) {
      const path = file(text)
      assert.throws(() => read(path), { message: new RegExp(`^reading "${path}": `) }, text)
    }
})

test('fairmile verify names the file that is not what its option asks for, and blames no receipt for it', () => {
  const path = file('null')
  for (const option of ['--keys', '--proof', '--before']) {
    const { status, stdout, stderr } = verify(body, option, path)
    assert.deepEqual([status, stdout], [2, ''])
    assert.ok(stderr.startsWith(`fairmile verify: reading "${path}": this `), stderr)
  }
})

test('fairmile verify says of no receipt that it is in a tree which was not looked at', () => {
  const { status, stdout } = verify(body, '--keys', keysFile, '--proof', file('{}'))
  assert.equal(status, 1)
  assert.match(stdout, /^differs: receipt of the proof/)
})

test('fairmile verify names the plan or model that cannot be read, and a folder in which there is none', () => {
  const path = join(folder, 'plans', 'broken.json')
  const broken = (text: string): string => {
    writeFileSync(path, text)
    const { status, stdout, stderr } = verify(body)
    assert.deepEqual([status, stdout], [2, ''])
    return stderr
  }
  try {
    for (const text of ['{', 'null']) {
      const stderr = broken(text)
      assert.ok(stderr.startsWith(`fairmile verify: reading "${path}": `), stderr)
    }
  } finally {
    rmSync(path)
  }
  const empty = verify(body, '--plans', join(folder, 'nowhere'))
  assert.deepEqual([empty.status, empty.stdout], [2, ''])
  assert.match(empty.stderr, /nowhere": there is no plan in it/)
})
