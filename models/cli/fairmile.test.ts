import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { text as readText } from 'node:stream/consumers'
import { test } from 'node:test'
import { thresholds, thresholdsHash } from '../src/events/thresholds.ts'
import { inclusionPath, receiptLeaf, toHex } from '../src/pricing/merkle.ts'
import { planExample, receiptInputExample, tripExample } from '../src/pricing/pricing-example.ts'
import { issueReceipt } from '../src/pricing/receipt.ts'
import { issueRoot } from '../src/pricing/receipt-root.ts'
import { issueReceiptV1 } from '../src/pricing/receipt-v1-example.ts'
import { sha256, sha256Bytes } from './artifacts.ts'
import { checkText } from './check-text.ts'
import { body, cli, folder, folders, input, issuedAfter, issuer, keysFile, receipt, verify } from './verify-rig.ts'

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

test('fairmile verify takes the tables of thresholds of a folder, and says where a trip was judged by another', () => {
  const earlier = { ...thresholds, version: '2026-10', holdMs: 250 }
  const trips = input.trips.map((trip) => ({ ...trip, thresholdsHash: thresholdsHash(earlier, sha256) }))
  const { body } = issueReceipt({ ...input, trips })
  const alone = verify(body)
  assert.equal(alone.status, 0)
  assert.match(alone.stdout, /\nnot checked: by which thresholds .* --thresholds FOLDER takes others\n?/)
  const tables = join(folder, 'tables')
  mkdirSync(tables)
  assert.match(verify(body, '--thresholds', tables).stderr, /there is no table of thresholds in it/)
  writeFileSync(join(tables, 'earlier.json'), JSON.stringify(earlier))
  const known = verify(body, '--keys', keysFile, '--thresholds', tables, '--json')
  assert.partialDeepStrictEqual(JSON.parse(known.stdout), { ok: true, unchecked: [] })
  writeFileSync(join(tables, 'none.json'), '[]')
  const broken = verify(body, '--thresholds', tables)
  assert.equal(broken.status, 2)
  assert.match(broken.stderr, /none\.json": this JSON is no table of thresholds/)
})

test('fairmile verify checks the receipt before, and leaves with 2 where the premium rests on one that is not given', () => {
  const first = issueReceiptV1({ ...receiptInputExample(sha256, [tripExample(0)]), before: null })
  const previous = join(folder, 'previous.json')
  writeFileSync(previous, first.body)
  const { id: receiptId, premiumMinor } = first.receipt
  const second = issuedAfter({ receiptId, premiumMinor })
  const alone = verify(second)
  assert.equal(alone.status, 0)
  assert.match(alone.stdout, new RegExp(`\nnot checked: the receipt before, ${receiptId}; `))
  const both = verify(second, '--before', previous, '--json')
  assert.equal(both.status, 0)
  assert.deepEqual(JSON.parse(both.stdout).unchecked, ['signature', 'issuer'])

  const raised = issuedAfter({ receiptId, premiumMinor: 999_999 })
  assert.equal(verify(raised).status, 2)
  assert.match(
    verify(raised).stdout,
    new RegExp(`^not checked: .* €9,999\\.99 .* ${receiptId}; add that one to --before`),
  )
  assert.partialDeepStrictEqual(JSON.parse(verify(raised, '--json').stdout), {
    ok: false,
    unchecked: ['signature', 'issuer', 'before'],
  })
  const found = verify(raised, '--before', previous)
  assert.equal(found.status, 1)
  assert.match(found.stdout, /^differs: receipt before\n/)
})

test('fairmile verify checks who issued a receipt against published keys, and says where it did not', () => {
  assert.match(verify(body).stdout, /\nnot checked: who issued it; it is signed/)
  const known = verify(body, '--keys', keysFile, '--json')
  assert.partialDeepStrictEqual(JSON.parse(known.stdout), { ok: true, unchecked: [] })
  const others = join(folder, 'others.json')
  writeFileSync(others, JSON.stringify({ keys: [{ keyId: '0'.repeat(16), publicKey: '0'.repeat(64) }] }))
  const unknown = verify(body, '--keys', others)
  assert.equal(unknown.status, 1)
  assert.match(unknown.stdout, new RegExp(`^differs: issuer\n.*\n {2}found {4}not published: ${issuer.keyId}`))
})

test('fairmile verify takes keys from a service that publishes them', async () => {
  const service = createServer((request, response) => {
    response.end(request.url === '/.well-known/fairmile-receipt-keys.json' ? readFileSync(keysFile) : '')
  })
  await new Promise<void>((resolve) => service.listen(0, '127.0.0.1', resolve))
  const { port } = service.address() as AddressInfo
  const file = join(folder, 'from.json')
  writeFileSync(file, body)
  const options = ['verify', file, ...folders, '--from', `http://127.0.0.1:${port}`, '--json']
  const child = spawn(process.execPath, [cli, ...options], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [output] = await Promise.all([readText(child.stdout), once(child, 'close')])
  service.close()
  assert.partialDeepStrictEqual(JSON.parse(output), { ok: true, unchecked: [] })
})

test('fairmile verify checks that a receipt is in the tree of its day', () => {
  const receipts = [
    { salt: '00'.repeat(16), hash: sha256('another') },
    { salt: receipt.salt, hash: sha256(body) },
  ]
  const record = issueRoot({
    day: '2026-07-01',
    receipts,
    previous: null,
    issuer,
    hash: sha256,
    hashBytes: sha256Bytes,
  })
  const leaves = receipts.map(({ salt, hash }) => receiptLeaf(salt, hash, sha256Bytes))
  const path = inclusionPath(leaves, 1, sha256Bytes).map(toHex)
  const proof = (changes: object): string => {
    const file = join(folder, 'proof.json')
    writeFileSync(file, JSON.stringify({ receiptId: receipt.id, index: 1, path, record, ...changes }))
    return file
  }
  const included = verify(body, '--keys', keysFile, '--proof', proof({}))
  assert.equal(included.status, 0, included.stdout)
  assert.match(included.stdout, /in its day's tree/)
  const byNobody = verify(body, '--proof', proof({}))
  assert.deepEqual([byNobody.status, byNobody.stdout], [2, ''])
  assert.match(byNobody.stderr, /--proof needs --keys FILE or --from URL/)
  const outside = verify(body, '--keys', keysFile, '--proof', proof({ index: 0 }))
  assert.equal(outside.status, 1)
  assert.match(outside.stdout, /^differs: root of 2026-07-01/)
})

test('fairmile verify finds a file that is no receipt, or is not written as it was issued', () => {
  const broken = verify('{"id":')
  assert.equal(broken.status, 1)
  assert.match(broken.stdout, /^differs: form\n/)
  assert.match(verify('{"id":"RCP-1"}').stdout, /no receipt/)
  assert.equal(verify(`${body}\n`).status, 0)
  const spaced = verify(body.replace(',', ', '))
  assert.equal(spaced.status, 1)
  assert.match(spaced.stdout, /^differs: text at character \d+\n/)
  for (const behind of ['\n\n', '\r\n', ' ']) {
    const { status, stdout } = verify(`${body}${behind}`)
    assert.equal(status, 1)
    assert.ok(stdout.startsWith(`differs: text after character ${body.length}\n`), stdout)
    assert.match(stdout, /the end of the file.*Download it anew/s)
  }
})

test('fairmile verify says what to do where no service answers', async () => {
  const server = createServer()
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const { port } = server.address() as AddressInfo
  await once(server.close(), 'close')
  const { status, stderr } = verify(body, '--from', `http://127.0.0.1:${port}`)
  assert.equal(status, 2)
  assert.match(
    stderr,
    /receipt-keys\.json": no answer \(ECONNREFUSED\)\. Check the address, or give the keys as a file with --keys/,
  )
})

test('fairmile verify leaves with 2 where it is called wrongly, and says what it expects', () => {
  const called = (...args: string[]) => spawnSync(process.execPath, [cli, ...args], { encoding: 'utf8' })
  const expected = /\nExpected: npx fairmile verify RECEIPT\.json, /
  for (const args of [['verify'], ['verify', 'receipt.json', '--form', 'x'], ['verify', 'receipt.json', '--from']]) {
    const { status, stderr } = called(...args)
    assert.equal(status, 2, args.join(' '))
    assert.match(stderr, expected)
  }
  for (const from of ['nonsense', 'fairmile.example', 'localhost:8787']) {
    const { status, stderr } = called('verify', 'receipt.json', '--from', from)
    assert.equal(status, 2, from)
    assert.match(stderr, /'--from <url>' argument '.*' is invalid\. It must be a whole address, such as https:/)
  }
  for (const args of [[], ['verifie']]) assert.equal(called(...args).status, 2)
  for (const args of [['--help'], ['verify', '--help']]) assert.equal(called(...args).status, 0)
})

test('checkText finds a change of any byte of a receipt, without the issuer\u2019s keys too, and names what differs', () => {
  const small = Buffer.from(issueReceipt({ ...input, trips: input.trips.slice(0, 1) }).body)
  const known = {
    ...{ plans: [planExample()], before: [], keys: null },
    findModel: (hash: string) => (hash === input.model.modelHash ? input.model : null),
  }
  assert.equal(checkText(small, known).verdict.ok, true)
  for (let at = 0; at < small.length; at++) {
    const changed = Buffer.from(small)
    changed[at] = small[at]! ^ (1 << (at % 8))
    const { verdict } = checkText(changed, known)
    const near = small.subarray(Math.max(0, at - 20), at + 20).toString()
    assert.ok('differs' in verdict && verdict.differs.step !== '', `byte ${at}, near ${near}`)
  }
})

test('fairmile verify leaves with 1 for a changed byte at any of its places', () => {
  for (const at of [1, body.indexOf('"salt"') + 9, body.indexOf('"signature"') + 20, body.length - 2]) {
    const changed = Buffer.from(body)
    changed[at] = changed[at]! ^ 1
    const { status, stdout } = verify(changed)
    assert.equal(status, 1, stdout)
    assert.match(stdout, /^differs: \S/)
  }
})

test('fairmile verify leaves with 2 and says why where it cannot check', () => {
  const elsewhere = verify(body, '--artifacts', folder)
  assert.equal(elsewhere.status, 2)
  assert.match(elsewhere.stderr, /no artifact has the model/)
  assert.equal(verify(body, '--keys', join(folder, 'none.json')).status, 2)
})
