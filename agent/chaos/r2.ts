/**
 * R2: the power is cut 2,000 times. A real outbox is filled once while all its writes and flushes are recorded; from the
 * record, disks are made as a cut at any moment could leave them: what was flushed is there, and of each later write all,
 * nothing, or some sectors. Claim: the agent opens each, finds nothing corrupt, and has all that was reported stored by then.
 *
 * The control flushes as synchronous=NORMAL does. It must fail.
 */
import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { generateKeyPair } from '@fairmile/contract/chain.ts'
import { chaosOptions, verdict } from '../../scripts/chaos/command.ts'
import { createLots } from '../../scripts/chaos/lots.ts'
import { buildDiskLibrary, part } from './parts/disk-library.ts'
import { createCutDisk, type DiskEntry, flushedAsNormal, readDiskLog } from './parts/power-cut.ts'
import { readStoredRecords } from './parts/stored-records.ts'

/** Commits of the recorded run: enough for the write-ahead log to go into the database more than once. */
const rounds = 600

const options = chaosOptions({
  id: 'R2',
  claim: 'Power cuts at any write: nothing lost that was reported stored, nothing corrupt.',
  control: 'flush as synchronous=NORMAL does',
  runs: 2000,
  of: 'power cuts',
})
const folder = mkdtempSync(join(tmpdir(), 'fairmile-r2-'))
const keys = generateKeyPair()
const lots = createLots(options.seed)
const recorded = readDiskLog(await record())
const entries = options.control ? flushedAsNormal(recorded) : recorded
const firstSaid = entries.findIndex(({ file }) => file === 'stdout')
const moments = Array.from({ length: options.runs }, () => firstSaid + 1 + lots.below(entries.length - firstSaid))
const found = { cuts: 0, flushes: 0, checkpointed: 0, reported: 0, lost: 0, corrupt: 0 }
found.flushes = entries.filter(({ kind }) => kind === 'flushed').length
found.checkpointed = entries
  .slice(firstSaid)
  .filter(({ file, kind }) => file === 'database' && kind === 'written').length
const examples: string[] = []
cutAll(moments.sort((a, b) => a - b))
const passed = found.lost + found.corrupt === 0 && found.checkpointed > 0
verdict('R2', options, passed, { ...found, examples })
if (passed) rmSync(folder, { recursive: true })
else console.error(`what was recorded is kept in ${folder}`)

/** Fills an outbox in a process of its own, on a disk that records. */
async function record(): Promise<Buffer> {
  const library = buildDiskLibrary('recording-disk', folder)
  const log = join(folder, 'disk.log')
  const env = { ...process.env, LD_PRELOAD: library, FAIRMILE_DISK_LOG: log }
  await new Promise<void>((resolve, reject) => {
    const args = [part('disk-writer.ts'), join(folder, 'recorded'), keys.privateKey, 'die', String(rounds)]
    execFile(process.execPath, args, { env, maxBuffer: 64 * 1024 * 1024 }, (error, stdout, stderr) => {
      if (stdout.includes('"done":true')) resolve()
      else reject(new Error(`the writer did not come to its end: ${stderr || error}`))
    })
  })
  return readFileSync(log)
}

interface Said {
  boot?: number
  lane?: string
  firstSeq?: number
  lastSeq?: number
  acked?: number
}

function cutAll(cuts: readonly number[]): void {
  const disk = createCutDisk()
  const stored = new Set<string>()
  let acked = 0
  let next = 0
  const hear = ({ boot, lane, firstSeq = 1, lastSeq = 0, acked: upTo = 0 }: Said): void => {
    for (let seq = firstSeq; seq <= lastSeq; seq++) stored.add(`${boot}/${lane}/${seq}`)
    for (; acked < upTo; acked++)
      for (const name of stored) if (name.endsWith(`/telematics/${acked + 1}`)) stored.delete(name)
  }
  for (let at = 0; at <= entries.length && next < cuts.length; at++) {
    for (; cuts[next] === at; next++) cutNow(disk.image(lots), stored)
    const entry: DiskEntry | undefined = entries[at]
    if (entry?.file !== 'stdout') {
      if (entry) disk.take(entry)
      continue
    }
    for (const line of entry.bytes.toString().split('\n').filter(Boolean)) hear(JSON.parse(line) as Said)
  }
}

function cutNow({ database, log }: { database: Buffer; log: Buffer }, stored: ReadonlySet<string>): void {
  const data = join(folder, 'image')
  rmSync(data, { recursive: true, force: true })
  mkdirSync(data)
  writeFileSync(join(data, 'outbox.sqlite'), database)
  writeFileSync(join(data, 'outbox.sqlite-wal'), log)
  const { names, corrupt } = readStoredRecords(data, keys)
  found.cuts++
  found.reported += stored.size
  found.corrupt += corrupt.length
  const lost = [...stored].filter((name) => !names.has(name))
  found.lost += lost.length
  if (examples.length < 5) examples.push(...corrupt.slice(0, 1), ...lost.slice(0, 1))
  if (found.cuts % 200 === 0) options.say(`${found.cuts} cuts, ${found.lost} records lost, ${found.corrupt} corrupt`)
}
