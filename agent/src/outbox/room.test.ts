import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { type OpenedBatch, openBatch } from '@fairmile/contract/batch.ts'
import { generateKeyPair, genesisHash } from '@fairmile/contract/chain.ts'
import type { Lane } from '@fairmile/contract/topics.ts'
import { wireVersion } from '@fairmile/contract/wire.ts'
import { damageBatches, flipAt, sayOtherwise } from './example-damage.ts'
import { openExampleOutbox } from './example-outbox.ts'
import { braking, chunk, createFakeAfter, noon, second, started } from './example-records.ts'
import type { Outbox, OutboxOptions } from './outbox.ts'

const keys = generateKeyPair()
let folder: string
let opened: Outbox[]
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fairmile-room-'))
  opened = []
})
afterEach(() => {
  for (const outbox of opened) outbox.close()
  rmSync(folder, { recursive: true })
})

const open = (options: Partial<OutboxOptions> = {}): Outbox => {
  const outbox = openExampleOutbox({
    folder,
    privateKey: keys.privateKey,
    after: createFakeAfter().after,
    maxBytes: 200 * 1024,
    ...options,
  })
  outbox.setReader(wireVersion)
  opened.push(outbox)
  return outbox
}

const batchesOf = (outbox: Outbox, lane: Lane): OpenedBatch[] => {
  const found: OpenedBatch[] = []
  for (let batch = outbox.nextBatch(lane, 0); batch; batch = outbox.nextBatch(lane, batch.id))
    found.push(openBatch(batch.bytes, keys))
  return found
}

/** Every number from 1 on is in a batch or in a gap, and every batch names the end of what is before it. */
const assertUnbroken = (batches: readonly OpenedBatch[]): void => {
  let next = 1
  let head: Buffer = genesisHash
  for (const { firstSeq, lastSeq, previousHash, hash, gap } of batches) {
    assert.equal(firstSeq, next)
    assert.deepEqual(previousHash, head)
    next = lastSeq + 1
    head = gap?.endHash ?? hash
  }
}

/** Raw chunks, ten seconds from one to the next. */
const fill = (outbox: Outbox, chunks: number): void => {
  for (let i = 0; i < chunks; i++) {
    outbox.append('raw', chunk(noon + i * 10_000))
    if (i % 6 === 5) outbox.flush()
  }
}

const droppedIn = (batches: readonly OpenedBatch[]): number =>
  batches.reduce((sum, { gap }) => sum + (gap?.dropped ?? 0), 0)

describe('createRoom', () => {
  it('drops raw oldest first before it touches telematics, and counts it exactly', () => {
    const outbox = open({ maxBytes: 140 * 1024 })
    for (let i = 0; i < 1200; i++) {
      outbox.append('telematics', second(noon + i * 1000))
      if (i % 10 === 9) outbox.append('raw', chunk(noon + i * 1000))
      if (i % 60 === 59) outbox.flush()
    }
    const raw = batchesOf(outbox, 'raw')
    assertUnbroken(raw)
    assert.ok(raw[0]?.gap, 'the oldest went')
    assert.ok(raw.slice(1).every(({ gap }) => gap === null))
    assert.equal(outbox.counters().dropped.raw, droppedIn(raw))
    assert.equal(outbox.counters().dropped.telematics, 0)
    assert.equal(droppedIn(raw) + raw.reduce((sum, { records }) => sum + records.length, 0), 120)
  })

  it('thins the oldest telematics, keeps every second and then every fourth second of it, and never drops the lanes above', () => {
    const outbox = open({ maxBytes: 160 * 1024 })
    let last = 0
    for (let i = 0; i < 12_000; i++) {
      last = outbox.append('telematics', jittered(noon + i * 1000, i)) ?? last
      if (i % 600 === 0) outbox.append('trips', started)
      if (i % 600 === 300) outbox.append('urgent', braking)
      if (i % 300 === 0) outbox.flush()
    }
    outbox.seal('telematics')
    outbox.flush()
    const telematics = batchesOf(outbox, 'telematics')
    assertUnbroken(telematics)
    assert.equal(telematics.at(-1)?.lastSeq, last)
    const shares = telematics.map(({ firstSeq, lastSeq, records }) => (lastSeq - firstSeq + 1) / records.length)
    assert.ok(shares[0]! > 1.9, 'the oldest was thinned')
    assert.equal(shares.at(-1), 1, 'the newest was not')
    for (const { gap, records } of telematics)
      if (gap) assert.ok(records.every((event) => 'seq' in event && event.seq % 2 === 0))
    assert.equal(outbox.counters().dropped.telematics, droppedIn(telematics))
    for (const lane of ['trips', 'urgent'] as const) {
      const kept = batchesOf(outbox, lane)
      assertUnbroken(kept)
      assert.equal(
        kept.reduce((sum, { records }) => sum + records.length, 0),
        20,
      )
    }
  })

  it('keeps the count of what was dropped over boots', () => {
    const first = open()
    fill(first, 300)
    const before = first.counters().dropped.raw
    assert.ok(before > 0)
    first.close()
    assert.equal(open().counters().dropped.raw, before)
  })

  it('says of a ring that it came round', () => {
    const outbox = open({ rawIsRing: true })
    fill(outbox, 300)
    assert.equal(batchesOf(outbox, 'raw')[0]?.gap?.reason, 'ring')
  })

  for (const [what, damage] of [
    ['a flipped bit', flipAt(-80)],
    ['another count', sayOtherwise({ count: 1000 })],
    ['another first number', sayOtherwise({ firstSeq: 1_000_000 })],
  ] as const)
    for (const lane of ['raw', 'telematics'] as const)
      it(`goes past a batch of ${lane} that has ${what}, and counts it exactly`, () => {
        const outbox = open({ maxBytes: 160 * 1024 })
        const append = (count: number, from: number): void => {
          for (let i = from; i < from + count; i++) {
            if (lane === 'raw') outbox.append('raw', chunk(noon + i * 10_000))
            else for (let s = i * 60; s < (i + 1) * 60; s++) outbox.append('telematics', jittered(noon + s * 1000, s))
            if (i % 6 === 5) outbox.flush()
          }
        }
        append(12, 0)
        const hit = [outbox.nextBatch(lane, 0)!, outbox.nextBatch(lane, outbox.nextBatch(lane, 0)!.id)!]
        damageBatches(
          folder,
          hit.map(({ id }) => id),
          damage,
        )
        append(200, 12)
        const batches = batchesOf(outbox, lane)
        assertUnbroken(batches)
        assert.ok(droppedIn(batches) > hit[1]!.lastSeq, 'room was made')
        assert.equal(outbox.counters().dropped[lane], droppedIn(batches))
        if (lane === 'telematics')
          assert.deepEqual(
            batches.flatMap(({ gap, firstSeq, lastSeq }) => (gap?.reason === 'corrupt' ? [[firstSeq, lastSeq]] : [])),
            hit.map(({ firstSeq, lastSeq }) => [firstSeq, lastSeq]),
          )
      })

  it('goes past what a former key of this device signed', () => {
    const former = open({ privateKey: generateKeyPair().privateKey, maxBytes: 4 * 1024 * 1024 })
    fill(former, 60)
    former.close()
    const outbox = open({ device: 'DEV-2', maxBytes: 140 * 1024 })
    fill(outbox, 100)
    const first = outbox.nextBatch('raw', 0)!
    assert.equal(openBatch(first.bytes, keys).gap?.reason, 'no_room')
    assert.equal(first.firstSeq, 1)
    assert.notEqual(first.boot, outbox.boot)
  })

  it('leaves what is on its way', () => {
    const onItsWay = new Set<number>()
    const outbox = open({ isOnItsWay: (id) => onItsWay.has(id) })
    fill(outbox, 6)
    const first = outbox.nextBatch('raw', 0)!
    onItsWay.add(first.id)
    fill(outbox, 300)
    assert.deepEqual(outbox.nextBatch('raw', 0), first)
    assert.ok(outbox.counters().dropped.raw > 0)
  })

  it('gives raw batches by stretches of time, and deletes the acked piece alone', () => {
    const outbox = open({ maxBytes: 4 * 1024 * 1024 })
    fill(outbox, 60)
    const stretches = [{ from: noon + 125_000, to: noon + 130_000 }]
    const batch = outbox.nextBatch('raw', 0, stretches)!
    assert.deepEqual([batch.firstSeq, batch.lastSeq], [13, 18])
    assert.equal(outbox.nextBatch('raw', batch.id, stretches), null)
    outbox.acknowledge({ boot: batch.boot, lane: 'raw', from: 13, upTo: 18 })
    outbox.flush()
    assert.equal(outbox.nextBatch('raw', 0, stretches), null)
    assert.equal(outbox.nextBatch('raw', 0)?.firstSeq, 1)
  })
})

/** Values that do not compress to nothing. */
const jittered = (at: number, i: number) => ({
  ...second(at),
  aLongMin: ((i * 37) % 101) / 100,
  aLatMax: ((i * 53) % 211) / 100,
})
