import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { generateKeyPair } from '@fairmile/contract/chain.ts'
import { StartError } from '../errors.ts'
import { outboxFile } from './database.ts'
import { createFakeAfter, noon, second } from './example-records.ts'
import { maxPending, retryMs } from './group-commit.ts'
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
      maxBytes: 96 * 1024,
      after: timer.after,
      trouble: (message) => troubles.push(message),
      committed: (ranges) => stored.push(...ranges.map(({ lastSeq }) => lastSeq)),
    })
    let last = 0
    while (troubles.length === 0) {
      last = outbox.append('telematics', second(noon + last * 1000)) ?? last
      if (last % 60 === 0) timer.ring()
    }
    assert.match(troubles[0] ?? '', /full.*free some space/s)
    assert.ok((stored.at(-1) ?? 0) < last)
    assert.equal(timer.waitsMs(), retryMs)
    assert.equal(outbox.append('telematics', second(noon + last * 1000)), last + 1)
    timer.ring()
    assert.ok(outbox.counters().failedCommits >= 2)
    outbox.acknowledge({ boot: outbox.boot, lane: 'telematics', upTo: stored.at(-1) ?? 0 })
    timer.ring()
    assert.equal(troubles.at(-1), null)
    assert.equal(stored.at(-1), last + 1)
  })

  it('refuses and counts what memory will not hold while there is no room', () => {
    const outbox = open({ maxBytes: 96 * 1024 })
    let refused = 0
    for (let i = 0; i < maxPending.telematics + 5; i++)
      if (outbox.append('telematics', second(noon + i * 1000)) === null) refused++
    assert.equal(refused, 5)
    assert.equal(outbox.counters().refused, 5)
    assert.equal(outbox.nextSeq('telematics'), maxPending.telematics + 1)
  })
})
