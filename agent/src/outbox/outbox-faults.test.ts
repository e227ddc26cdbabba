import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { openBatch } from '@fairmile/contract/batch.ts'
import { generateKeyPair, genesisHash } from '@fairmile/contract/chain.ts'
import type { Lane } from '@fairmile/contract/topics.ts'
import { wireVersion } from '@fairmile/contract/wire.ts'
import { StartError } from '../errors.ts'
import { outboxFile } from './database.ts'
import { openExampleOutbox } from './example-outbox.ts'
import { braking, createFakeAfter, noon, second, started } from './example-records.ts'
import { retryMs } from './group-commit.ts'
import { lanePolicies } from './lanes.ts'
import type { Outbox, OutboxOptions } from './outbox.ts'

const keys = generateKeyPair()

let folder: string
let opened: Outbox[]
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fairmile-outbox-'))
  opened = []
})
afterEach(() => {
  for (const outbox of opened) outbox.close()
  rmSync(folder, { recursive: true })
})

const open = (options: Partial<OutboxOptions> = {}): Outbox => {
  const outbox = openExampleOutbox({ folder, privateKey: keys.privateKey, ...options })
  opened.push(outbox)
  return outbox
}

describe('openOutbox', () => {
  it('refuses a second agent and says who holds it', () => {
    open()
    assert.throws(
      () => open(),
      (error) =>
        error instanceof StartError &&
        error.code === 'outbox_locked' &&
        error.message.includes(`process ${process.pid}`) &&
        error.message.includes('FAIRMILE_DATA'),
    )
  })

  it('opens again once the first has closed', () => {
    const { boot } = open()
    opened[0]?.close()
    assert.equal(open().boot, boot + 1)
  })

  for (const [name, damage] of [
    ['overwritten in the middle', (bytes: Buffer) => bytes.fill(0xa5, 4096, 24_000)],
    ['no database at all', (bytes: Buffer) => bytes.fill('garbage ')],
  ] as const)
    it(`sets aside a file that is ${name}, says so and starts anew`, () => {
      const outbox = open()
      for (let i = 0; i < 120; i++) outbox.append('telematics', second(noon + i * 1000))
      outbox.close()
      const path = join(folder, outboxFile)
      const damaged = damage(readFileSync(path))
      writeFileSync(path, damaged)
      const warnings: string[] = []
      const anew = open({ warn: (message) => warnings.push(message) })
      assert.equal(anew.append('telematics', second(noon)), 1)
      assert.equal(anew.flush(), true)
      assert.notEqual(anew.boot, outbox.boot + 1)
      const aside = readdirSync(folder).find((file) => /^outbox\.corrupt-.*\.sqlite$/.test(file))
      assert.ok(aside && warnings[0]?.includes(aside))
      assert.ok(existsSync(path))
    })

  it('moves what is readable of a corrupt file to the new one, and tells of the rest by gaps that close the chain', () => {
    const outbox = open()
    const { boot } = outbox
    for (let i = 0; i < 1800; i++) {
      outbox.append('telematics', { ...second(noon + i * 1000), aLongMin: ((i * 37) % 101) / 100, lat: 49 + i / 1e4 })
      if (i % 60 === 0) outbox.flush()
    }
    outbox.append('urgent', braking)
    outbox.remember('calibration', '{"yawDeg":12}')
    outbox.close()
    const path = join(folder, outboxFile)
    const bytes = readFileSync(path)
    // A page in the middle of the batches' bytes.
    const hit = bytes.indexOf('DEV-1', Math.floor(bytes.length * 0.2))
    bytes.fill(0xa5, hit - (hit % 4096), hit - (hit % 4096) + 4096)
    writeFileSync(path, bytes)
    const warnings: string[] = []
    const anew = open({ warn: (message) => warnings.push(message) })
    anew.setReader(wireVersion)
    assert.match(warnings[0] ?? '', /batches and \d+ records were readable, \d+ records are lost/)
    assert.ok(Math.floor(anew.boot / 2 ** 20) !== Math.floor(boot / 2 ** 20), 'a new generation')
    assert.equal(anew.recall('calibration'), '{"yawDeg":12}')
    const batches = batchesOf(anew, 'telematics')
    const corrupt = batches.filter(({ gap }) => gap?.reason === 'corrupt')
    assert.ok(corrupt.length > 0)
    let next = 1
    let head: Uint8Array = genesisHash
    for (const { firstSeq, lastSeq, previousHash, hash, gap } of batches) {
      assert.equal(firstSeq, next)
      assert.deepEqual(previousHash, head)
      next = lastSeq + 1
      head = gap?.endHash ?? hash
    }
    assert.equal(next, 1801)
    const kept = batches.reduce((sum, { records }) => sum + records.length, 0)
    assert.ok(kept > 900)
    assert.equal(kept + anew.counters().dropped.telematics, 1800)
    anew.append('telematics', second(noon))
    anew.seal('telematics')
    anew.flush()
    assert.deepEqual(batchesOf(anew, 'telematics').at(-1)?.previousHash, head)
  })

  it('does not report a record stored that found no room, goes on, and stores all of them when there is room', () => {
    const troubles: (string | null)[] = []
    const stored: number[] = []
    const timer = createFakeAfter()
    const outbox = open({
      maxBytes: 160 * 1024,
      after: timer.after,
      trouble: (message) => troubles.push(message),
      committed: (ranges) => stored.push(...ranges.map(({ lastSeq }) => lastSeq)),
    })
    // The lane that never gives way.
    let last = 0
    while (troubles.length === 0) {
      last = outbox.append('trips', started) ?? last
      if (last % 20 === 0) timer.ring()
    }
    assert.match(troubles[0] ?? '', /full.*free some space/s)
    assert.ok((stored.at(-1) ?? 0) < last)
    assert.equal(timer.waitsMs(), retryMs)
    assert.equal(outbox.append('trips', started), last + 1)
    timer.ring()
    assert.ok(outbox.counters().failedCommits >= 2)
    outbox.acknowledge({ boot: outbox.boot, lane: 'trips', upTo: stored.at(-1) ?? 0 })
    timer.ring()
    assert.equal(troubles.at(-1), null)
    assert.equal(stored.at(-1), last + 1)
    assert.equal(outbox.counters().dropped.trips, 0)
  })

  it('refuses what memory will not hold while there is no room, and tells of it in a gap', () => {
    const { maxPending } = lanePolicies.urgent
    const outbox = open()
    outbox.setReader(wireVersion)
    for (let i = 0; i < maxPending; i++) assert.equal(outbox.append('urgent', braking), i + 1)
    for (let i = 0; i < 5; i++) assert.equal(outbox.append('urgent', braking), null)
    assert.equal(outbox.counters().refused, 5)
    assert.equal(outbox.nextSeq('urgent'), maxPending + 6)
    outbox.flush()
    outbox.append('urgent', braking)
    outbox.flush()
    const batches = batchesOf(outbox, 'urgent')
    assert.deepEqual(
      batches.slice(-2).map(({ gap, firstSeq, lastSeq }) => [gap?.reason, gap?.dropped, firstSeq, lastSeq]),
      [
        ['no_room', 5, maxPending + 1, maxPending + 5],
        [undefined, undefined, maxPending + 6, maxPending + 6],
      ],
    )
    assert.deepEqual(batches.at(-1)?.previousHash, batches.at(-2)?.gap?.endHash)
    assert.equal(outbox.counters().dropped.urgent, 5)
    outbox.forgetReader()
    outbox.acknowledge({ boot: outbox.boot, lane: 'urgent', upTo: maxPending + 6 })
    outbox.flush()
    assert.equal(outbox.nextBatch('urgent', 0), null)
    assert.equal(outbox.waiting('urgent').records, 5, 'what the cloud could not read is not acked by it')
  })
})

const batchesOf = (outbox: Outbox, lane: Lane) => {
  const found = []
  for (let batch = outbox.nextBatch(lane, 0); batch; batch = outbox.nextBatch(lane, batch.id)) found.push(batch)
  return found.map((batch) => openBatch(batch.bytes, keys))
}
