import assert from 'node:assert/strict'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { openBatch } from '@fairmile/contract/batch.ts'
import { generateKeyPair, genesisHash } from '@fairmile/contract/chain.ts'
import { quality } from '@fairmile/contract/telematics.ts'
import type { Lane } from '@fairmile/contract/topics.ts'
import { openExampleOutbox } from './example-outbox.ts'
import { braking, createFakeAfter, noon, second, started } from './example-records.ts'
import { type Committed, commitMs } from './group-commit.ts'
import type { Outbox, OutboxOptions } from './outbox.ts'
import { readOutboxStatus } from './read-status.ts'

const keys = generateKeyPair()
const buildMs = Date.UTC(2026, 10, 1)

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
  const outbox = openExampleOutbox({ folder: join(folder, 'data'), privateKey: keys.privateKey, buildMs, ...options })
  opened.push(outbox)
  return outbox
}

/** The files as a kill at this moment leaves them. */
const imageOfKill = (): string => {
  const image = join(folder, `image-${opened.length}`)
  cpSync(join(folder, 'data'), image, { recursive: true })
  return image
}

const batchesOf = (outbox: Outbox, lane: Lane) => {
  const found = []
  for (let batch = outbox.nextBatch(lane, 0); batch; batch = outbox.nextBatch(lane, batch.id)) found.push(batch)
  return found.map((batch) => ({ ...batch, ...openBatch(batch.bytes, keys) }))
}

describe('openOutbox', () => {
  it('numbers each lane from 1 and tells what a commit has made durable', () => {
    const told: Committed[] = []
    const timer = createFakeAfter()
    const outbox = open({ after: timer.after, committed: (ranges) => told.push(...ranges) })
    assert.equal(outbox.append('telematics', second(noon)), 1)
    assert.equal(outbox.append('urgent', braking), 1)
    assert.equal(outbox.append('telematics', second(noon + 1000)), 2)
    assert.equal(outbox.nextSeq('telematics'), 3)
    assert.deepEqual(told, [])
    assert.equal(timer.waitsMs(), commitMs)
    timer.ring()
    const { boot } = outbox
    assert.deepEqual(told, [
      { boot, lane: 'urgent', firstSeq: 1, lastSeq: 1 },
      { boot, lane: 'telematics', firstSeq: 1, lastSeq: 2 },
    ])
  })

  it('has a record that must be durable now on the disk when it returns, and all before it', () => {
    const told: Committed[] = []
    const outbox = open({ committed: (ranges) => told.push(...ranges) })
    outbox.append('telematics', second(noon))
    outbox.append('urgent', braking, { durable: 'now' })
    assert.equal(told.length, 2)
    const { boot } = outbox
    const after = open({ folder: imageOfKill() })
    assert.deepEqual(
      batchesOf(after, 'urgent').map((batch) => [batch.boot, batch.firstSeq]),
      [[boot, 1]],
    )
    assert.equal(after.waiting('telematics').records, 1)
  })

  it('seals telematics by the minute and on demand, the others at once, in one chain a lane', () => {
    const outbox = open()
    for (let i = 0; i < 61; i++) outbox.append('telematics', second(noon + i * 1000))
    outbox.append('trips', started)
    outbox.flush()
    assert.deepEqual(
      batchesOf(outbox, 'telematics').map(({ firstSeq, lastSeq }) => [firstSeq, lastSeq]),
      [[1, 60]],
    )
    assert.equal(batchesOf(outbox, 'trips').length, 1)
    outbox.seal('telematics')
    outbox.flush()
    const [first, last] = batchesOf(outbox, 'telematics')
    assert.deepEqual(last?.records.length, 1)
    assert.deepEqual(first?.previousHash, genesisHash)
    assert.deepEqual(last?.previousHash, first?.hash)
  })

  it('gives the same bytes again until they are acked, and then forgets them', () => {
    const outbox = open()
    outbox.append('urgent', braking)
    outbox.append('trips', started)
    outbox.flush()
    const before = outbox.nextBatch('urgent', 0)
    assert.deepEqual(outbox.nextBatch('urgent', 0), before)
    outbox.acknowledge({ boot: outbox.boot, lane: 'urgent', upTo: 1 })
    outbox.flush()
    assert.equal(outbox.nextBatch('urgent', 0), null)
    assert.deepEqual(outbox.waiting('urgent'), { records: 0, batches: 0 })
    assert.deepEqual(outbox.waiting('trips'), { records: 1, batches: 1 })
  })

  it('ignores an ack of another boot and one within a batch', () => {
    const outbox = open()
    outbox.append('trips', started)
    outbox.append('trips', started)
    outbox.flush()
    outbox.acknowledge({ boot: outbox.boot + 1, lane: 'trips', upTo: 9 })
    outbox.acknowledge({ boot: outbox.boot, lane: 'trips', upTo: 1 })
    outbox.flush()
    assert.equal(outbox.waiting('trips').records, 2)
  })

  it('seals what a killed boot left in that boot’s own numbering, and goes on with its chain', () => {
    const killed = open()
    for (let i = 0; i < 3; i++) killed.append('telematics', second(noon + i * 1000))
    killed.flush()
    const next = open({ folder: imageOfKill() })
    assert.equal(next.boot, killed.boot + 1)
    next.append('telematics', second(noon + 9000))
    next.seal('telematics')
    next.flush()
    const [old, own] = batchesOf(next, 'telematics')
    assert.deepEqual([old?.boot, old?.firstSeq, old?.lastSeq], [killed.boot, 1, 3])
    assert.deepEqual([own?.boot, own?.firstSeq, own?.lastSeq], [next.boot, 1, 1])
    assert.deepEqual(own?.previousHash, old?.hash)
  })

  it('never lets the time of a record run backwards over boots', () => {
    const first = open()
    first.append('telematics', second(noon))
    first.flush()
    const next = open({ folder: imageOfKill() })
    next.append('telematics', second(0, quality.clockUnset))
    next.seal('telematics')
    next.flush()
    assert.deepEqual(
      batchesOf(next, 'telematics').map(({ records }) => (records[0] as { at: number }).at),
      [noon, noon],
    )
  })

  it('refuses a value that cannot be, without spending a number on it', () => {
    const warnings: string[] = []
    const outbox = open({ warn: (message) => warnings.push(message) })
    assert.equal(outbox.append('telematics', second(Number.NaN)), null)
    assert.equal(outbox.append('urgent', { ...braking, alert: { ...braking.alert, at: -1 } }), null)
    assert.equal(outbox.append('telematics', second(noon)), 1)
    assert.equal(outbox.counters().invalid, 2)
    assert.match(warnings[0] ?? '', /telematics/)
  })

  it('remembers a small text over boots', () => {
    open().remember('calibration', '{"yawDeg":12}')
    opened[0]?.close()
    assert.equal(open().recall('calibration'), '{"yawDeg":12}')
  })

  it('can be read beside the agent that holds it', () => {
    const outbox = open()
    outbox.append('telematics', second(noon))
    outbox.append('urgent', braking)
    outbox.flush()
    outbox.acknowledge({ boot: outbox.boot, lane: 'urgent', upTo: 1 })
    outbox.flush()
    const status = readOutboxStatus(join(folder, 'data'))
    assert.equal(status?.boot, outbox.boot)
    const nothing = { batches: 0, bytes: 0, dropped: 0 }
    assert.deepEqual(status?.lanes.telematics, { lastSeq: 1, acked: 0, stored: 1, records: 1, ...nothing })
    assert.deepEqual(status?.lanes.urgent, { lastSeq: 1, acked: 1, stored: 1, records: 0, ...nothing })
  })
})
