/**
 * R3: the Nth write or flush of the outbox's files fails, for N from 1 on, with EIO and with ENOSPC, once or for good
 * until it is healed; every second failed write is torn. The process dies at the first failed commit, or goes on. Claim:
 * what was reported stored is stored, nothing is corrupt, and commits succeed within five seconds of the disk's healing.
 *
 * The control reports records before the disk has confirmed them. It must fail.
 */
import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { constants, tmpdir } from 'node:os'
import { join } from 'node:path'
import { generateKeyPair } from '@fairmile/contract/chain.ts'
import { chaosOptions, verdict } from '../../scripts/chaos/command.ts'
import { buildDiskLibrary, part } from './parts/disk-library.ts'
import { readStoredRecords } from './parts/stored-records.ts'

const backMs = 5000
/** Most of a run is waiting for the agent's own next try. */
const atATime = 4

const largestN = 200

const options = chaosOptions({
  id: 'R3',
  claim: 'EIO and ENOSPC on the Nth write or flush: nothing corrupt, nothing reported stored that is not.',
  control: 'report what is not confirmed yet',
  runs: largestN,
  of: 'how many N, spread from 1 to 200',
})
const folder = mkdtempSync(join(tmpdir(), 'fairmile-r3-'))
const library = buildDiskLibrary('failing-disk', folder)

const keys = generateKeyPair()
const found = { runs: 0, died: 0, refusedStart: 0, reported: 0, notStored: 0, corrupt: 0, crashes: 0, slowestBackMs: 0 }
const examples: string[] = []
const errors = ['EIO', 'ENOSPC'] as const
const runs = Array.from({ length: options.runs * errors.length * 2 }, (_, i) => ({
  at: Math.ceil(((Math.floor(i / 4) + 1) * largestN) / options.runs),
  errno: errors[Math.floor(i / 2) % 2]!,
  once: (Math.floor(i / 4) + Math.floor(i / 2)) % 2 === 0,
  mode: options.control ? 'boast' : i % 2 === 0 ? 'die' : 'heal',
}))
await Promise.all(Array.from({ length: atATime }, work))
const { notStored, corrupt, crashes, slowestBackMs } = found
const passed = notStored + corrupt + crashes === 0 && slowestBackMs <= backMs && found.died > 0
verdict('R3', options, passed, { ...found, runs: options.runs, cases: found.runs, examples })
if (passed) rmSync(folder, { recursive: true })
else console.error(`what was recorded is kept in ${folder}`)

async function work(): Promise<void> {
  for (let run = runs.shift(); run; run = runs.shift()) {
    await oneRun(run)
    if (++found.runs % 100 === 0)
      options.say(`${found.runs} cases, ${runs.length} to go, ${found.notStored} not stored`)
  }
}

interface Said {
  boot?: number
  lane?: string
  firstSeq?: number
  lastSeq?: number
  acked?: number
  backMs?: number
  done?: boolean
}

async function oneRun(run: { at: number; errno: (typeof errors)[number]; once: boolean; mode: string }): Promise<void> {
  const data = mkdtempSync(join(folder, 'data-'))
  const { lines, failure } = await write(data, run)
  const done = lines.some((line) => line.done)
  const opened = lines.some((line) => line.boot !== undefined) || done
  if (failure.includes('free some space') && !opened) found.refusedStart++
  else if (failure !== '') note('crashes', `${JSON.stringify(run)}: ${failure}`)
  else if (!done) found.died++
  for (const { backMs } of lines) found.slowestBackMs = Math.max(found.slowestBackMs, backMs ?? 0)
  const { names, corrupt } = readStoredRecords(data, keys)
  for (const what of corrupt) note('corrupt', `${JSON.stringify(run)}: ${what}`)
  let lost = 0
  const acked = Math.max(0, ...lines.map((line) => line.acked ?? 0))
  for (const { boot, lane, firstSeq = 1, lastSeq = 0 } of lines)
    for (let seq = firstSeq; seq <= lastSeq; seq++) {
      found.reported++
      const isAcked = lane === 'telematics' && seq <= acked
      if (!isAcked && !names.has(`${boot}/${lane}/${seq}`))
        lost = note('notStored', `${JSON.stringify(run)}: ${lane} ${seq}`)
    }
  if (lost === 0 && corrupt.length === 0) rmSync(data, { recursive: true })
}

function note(what: 'crashes' | 'corrupt' | 'notStored', example: string): number {
  if (examples.length < 5) examples.push(`${what}: ${example}`)
  return ++found[what]
}

/** Runs the writer on a disk that will fail; gives what it said, and its error where it ended by one. */
function write(
  data: string,
  { at, errno, once, mode }: { at: number; errno: (typeof errors)[number]; once: boolean; mode: string },
) {
  const env = {
    ...process.env,
    LD_PRELOAD: library,
    FAIRMILE_DISK_FAIL_AT: String(at),
    FAIRMILE_DISK_ERRNO: String(constants.errno[errno]),
    FAIRMILE_DISK_ONCE: once ? '1' : '0',
  }
  return new Promise<{ lines: Said[]; failure: string }>((resolve) => {
    execFile(
      process.execPath,
      [part('disk-writer.ts'), data, keys.privateKey, mode],
      { env, timeout: 60_000, killSignal: 'SIGTERM' },
      (error, stdout, stderr) => {
        const lines = stdout
          .split('\n')
          .filter(Boolean)
          .map((line) => JSON.parse(line) as Said)
        const killed = error?.signal === 'SIGKILL'
        resolve({ lines, failure: killed ? '' : stderr.slice(0, 600) || `ended by ${error?.signal ?? 'itself'}` })
      },
    )
  })
}
