import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { openBatch } from '@fairmile/contract/batch.ts'
import { generateKeyPair } from '@fairmile/contract/chain.ts'
import type { Lane } from '@fairmile/contract/topics.ts'
import { wireVersion } from '@fairmile/contract/wire.ts'
import { StartError } from '../errors.ts'
import { outboxFile } from './database.ts'
import { braking, createFakeAfter, noon, second, started } from './example-records.ts'
import { retryMs } from './group-commit.ts'
import { lanePolicies } from './lanes.ts'
import { type Outbox, type OutboxOptions, openOutbox } from './outbox.ts'

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
  const outbox = openOutbox({
    folder,
    device: 'DEV-1',
    privateKey: keys.privateKey,
    buildMs: 0,
    wallMs: () => noon,
    after: () => () => {},
    trouble: () => {},
    warn: () => {},
    ...options,
  })
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
