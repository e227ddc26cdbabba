import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { type OpenedBatch, openBatch } from '@fairmile/contract/batch.ts'
import { generateKeyPair, genesisHash } from '@fairmile/contract/chain.ts'
import { wireVersion } from '@fairmile/contract/wire.ts'
import { type Damage, damageBatches, flipAt, sayOtherwise } from './example-damage.ts'
import { openExampleOutbox } from './example-outbox.ts'
import { chunk, createFakeAfter, noon, second } from './example-records.ts'
import type { Outbox, OutboxOptions } from './outbox.ts'
import type { StoredBatch } from './store.ts'

const keys = generateKeyPair()
let folder: string
let opened: Outbox[]
let warnings: string[]
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fairmile-corrupt-'))
  opened = []
  warnings = []
})
afterEach(() => {
  for (const outbox of opened) outbox.close()
  rmSync(folder, { recursive: true })
})

const open = (options: Partial<OutboxOptions> = {}): Outbox => {
  const { after } = createFakeAfter()
  const warn = (message: string) => void warnings.push(message)
  const outbox = openExampleOutbox({ folder, privateKey: keys.privateKey, after, warn, ...options })
  outbox.setReader(wireVersion)
  opened.push(outbox)
  return outbox
}

const stored = (outbox: Outbox, lane: 'telematics' | 'raw' = 'telematics'): StoredBatch[] => {
  const found: StoredBatch[] = []
  for (let batch = outbox.nextBatch(lane, 0); batch; batch = outbox.nextBatch(lane, batch.id)) found.push(batch)
  return found
}

/** Seals so many batches of five seconds, and gives them as they are. */
const fill = (outbox: Outbox, batches: number): StoredBatch[] => {
  for (let i = 0; i < batches; i++) {
    for (let s = 0; s < 5; s++) outbox.append('telematics', second(noon + (i * 5 + s) * 1000))
    outbox.seal('telematics')
    outbox.flush()
  }
  return stored(outbox)
}

const openAll = (batches: readonly StoredBatch[]): OpenedBatch[] => batches.map(({ bytes }) => openBatch(bytes, keys))

/** Each names the end of the one before it. */
const assertClosed = (batches: readonly OpenedBatch[], head: Buffer = genesisHash): void => {
  let end = head
  for (const { previousHash, hash, gap } of batches) {
    assert.deepEqual(previousHash, end)
    end = gap?.endHash ?? hash
  }
}

const rangesOf = (batches: readonly OpenedBatch[]) =>
  batches.map(({ firstSeq, lastSeq, gap }) => [firstSeq, lastSeq, gap?.reason ?? null])

const damages: Record<string, Damage> = {
  payload: flipAt(-100),
  signature: flipAt(-1),
  'first byte': flipAt(0),
  schema: flipAt(5),
  count: sayOtherwise({ count: 1000 }),
  'first number': sayOtherwise({ firstSeq: 1_000_000 }),
  boot: sayOtherwise({ boot: 7 }),
  device: sayOtherwise({ device: 'DEV-2' }),
  'hash before': sayOtherwise({ previousHash: Buffer.alloc(32, 9) }),
}
const places = ['first', 'in the middle', 'last'] as const

describe('createReplaceCorrupt', () => {
  for (const [what, damage] of Object.entries(damages))
    for (const [place, where] of places.entries())
      it(`puts a gap of its row's numbers in the place of a batch whose ${what} is damaged, ${where}`, () => {
        const outbox = open()
        const whole = fill(outbox, 3)
        damageBatches(folder, [whole[place]!.id], damage)
        const now = stored(outbox)
        const batches = openAll(now)
        const reasons = places.map((_, i) => (i === place ? 'corrupt' : null))
        assert.deepEqual(rangesOf(batches), [
          [1, 5, reasons[0]],
          [6, 10, reasons[1]],
          [11, 15, reasons[2]],
        ])
        // What the first named cannot be known where that is what was damaged.
        if (place > 0 || !['first byte', 'schema', 'hash before'].includes(what)) assertClosed(batches)
        assert.equal(batches[place]?.boot, outbox.boot)
        assert.equal(outbox.counters().dropped.telematics, 5)
        assert.deepEqual(
          now.filter((_, i) => i !== place),
          whole.filter((_, i) => i !== place),
        )
        assert.equal(warnings.length, 1)
        assert.deepEqual(stored(outbox), now, 'once')
        outbox.append('telematics', second(noon))
        outbox.seal('telematics')
        outbox.flush()
        assertClosed(openAll(stored(outbox).slice(1)), openAll(now)[0]!.gap?.endHash ?? openAll(now)[0]!.hash)
      })

  it('tells of neighbours by gaps that close the chain together', () => {
    const outbox = open()
    const whole = fill(outbox, 4)
    damageBatches(folder, [whole[1]!.id, whole[2]!.id], sayOtherwise({ previousHash: Buffer.alloc(32, 9), count: 900 }))
    const batches = openAll(stored(outbox))
    assert.deepEqual(
      rangesOf(batches).map(([, , reason]) => reason),
      [null, 'corrupt', 'corrupt', null],
    )
    assertClosed(batches)
  })

  it('closes the chain where what was before is acked, and at the end of an earlier boot', () => {
    const first = open()
    const whole = fill(first, 2)
    first.acknowledge({ boot: first.boot, lane: 'telematics', upTo: 5 })
    first.close()
    const outbox = open()
    const [last, ...later] = fill(outbox, 1)
    assert.deepEqual([last?.id, later.length], [whole[1]?.id, 1])
    damageBatches(folder, [last!.id], sayOtherwise({ count: 1000 }))
    const batches = openAll(stored(outbox))
    assert.deepEqual(rangesOf(batches), [
      [6, 10, 'corrupt'],
      [1, 5, null],
    ])
    assertClosed(batches, openAll(whole)[0]!.hash)
  })

  it('tells of a gap that is damaged by another, and counts what it had kept', () => {
    const outbox = open({ maxBytes: 100 * 1024 })
    for (let i = 0; i < 6000; i++) {
      outbox.append('telematics', {
        ...second(noon + i * 1000),
        aLongMin: ((i * 37) % 101) / 100,
        lat: 49 + ((i * 53) % 997) / 1e4,
      })
      if (i % 300 === 0) outbox.flush()
    }
    const thinned = stored(outbox).find(
      ({ dropped, firstSeq, lastSeq }) => dropped > 0 && dropped <= lastSeq - firstSeq,
    )!
    const before = outbox.counters().dropped.telematics
    damageBatches(folder, [thinned.id], flipAt(-80))
    const batches = openAll(stored(outbox))
    assertClosed(batches)
    assert.equal(batches.find(({ firstSeq }) => firstSeq === thinned.firstSeq)?.gap?.reason, 'corrupt')
    const kept = thinned.lastSeq - thinned.firstSeq + 1 - thinned.dropped
    assert.equal(outbox.counters().dropped.telematics, before + kept)
  })

  it('keeps the times of a piece of raw, which is sent where it is asked for', () => {
    const outbox = open()
    for (let i = 0; i < 12; i++) outbox.append('raw', chunk(noon + i * 10_000))
    outbox.flush()
    const stretches = [{ from: noon, to: noon + 5000 }]
    damageBatches(folder, [stored(outbox, 'raw')[0]!.id], flipAt(-200))
    const gap = outbox.nextBatch('raw', 0, stretches)!
    assert.equal(openBatch(gap.bytes, keys).gap?.reason, 'corrupt')
    assert.equal(outbox.nextBatch('raw', gap.id, stretches), null)
  })

  it('gives no gap to a cloud that cannot read one, and what is behind it all the same', () => {
    const outbox = open()
    const whole = fill(outbox, 2).filter(({ wire }) => wire === 1)
    assert.equal(whole.length, 2)
    damageBatches(folder, [whole[0]!.id], flipAt(-1))
    outbox.forgetReader()
    assert.deepEqual(stored(outbox), [whole[1]])
    outbox.setReader(wireVersion)
    assert.equal(stored(outbox).length, 2)
  })

  it('leaves what a former key of this device signed as it is', () => {
    const former = open({ privateKey: generateKeyPair().privateKey })
    const whole = fill(former, 3)
    former.close()
    const outbox = open({ device: 'DEV-2' })
    assert.deepEqual(stored(outbox), whole)
    assert.deepEqual(fill(outbox, 1).slice(0, 3), whole)
    assert.deepEqual(warnings, [])
  })
})
