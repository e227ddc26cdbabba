/**
 * A process that fills an outbox and says on stdout what was reported stored, one JSON line each: DISK-WRITER FOLDER
 * PRIVATE-KEY MODE [ROUNDS]. At the first commit that fails it dies (`die`), or has the disk healed soon after (`heal`). As
 * `boast` it says so before the disk has confirmed, and dies.
 */
import { writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { after } from '../../src/clock.ts'
import { braking, noon, second, started } from '../../src/outbox/example-records.ts'
import { openOutbox } from '../../src/outbox/outbox.ts'

const usualRounds = 60
const recordsARound = 10
/** The disk stays ill so long after the first failed commit. */
const illMs = 100

/** Of a usual run: the file then grows by little, so that the first 200 writes are of more than that. */
const smallBytes = 512 * 1024

const [folder = '', privateKey = '', mode = '', given] = process.argv.slice(2)
const rounds = given === undefined ? usualRounds : Number(given)
const say = (line: object): void => void writeSync(1, `${JSON.stringify(line)}\n`)
let well = Promise.withResolvers<void>()
const outbox = openOutbox({
  folder,
  device: 'DEV-1',
  privateKey,
  buildMs: 0,
  wallMs: () => noon,
  ...(given === undefined && { maxBytes: smallBytes }),
  after,
  committed: (ranges) => {
    if (mode !== 'boast') for (const range of ranges) say(range)
  },
  trouble(message) {
    if (message === null) well.resolve()
    else say({ trouble: message })
  },
  warn: (message) => say({ warning: message }),
})

let failed = false
const flush = async (): Promise<void> => {
  if (outbox.flush()) return
  failed = true
  if (mode !== 'heal') process.kill(process.pid, 'SIGKILL')
  await sleep(illMs)
  writeFileSync(join(folder, 'healed'), '')
  const healedMs = performance.now()
  await well.promise
  well = Promise.withResolvers<void>()
  say({ backMs: Math.round(performance.now() - healedMs) })
}

for (let round = 0; round < rounds; round++) {
  const append = (lane: 'telematics' | 'trips' | 'urgent', seq: number | null): void => {
    if (mode === 'boast' && seq !== null) say({ boot: outbox.boot, lane, firstSeq: seq, lastSeq: seq })
  }
  for (let i = 0; i < recordsARound; i++)
    append('telematics', outbox.append('telematics', second(noon + (round * recordsARound + i) * 1000)))
  if (round % 5 === 0) append('trips', outbox.append('trips', started))
  if (round % 7 === 0) append('urgent', outbox.append('urgent', braking))
  await flush()
  if (round % 12 === 11) {
    const upTo = outbox.nextBatch('telematics', 0)?.lastSeq ?? 0
    say({ acked: upTo })
    outbox.acknowledge({ boot: outbox.boot, lane: 'telematics', upTo })
  }
}
say({ done: true, failed })
process.kill(process.pid, 'SIGKILL')
