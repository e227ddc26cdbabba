import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { type Lane, lanes } from '@fairmile/contract/topics.ts'
import Database from 'better-sqlite3'
import { outboxFile } from './database.ts'
import { setAsideFiles } from './set-aside.ts'
import type { LaneWaiting } from './store.ts'

/** Where a lane stands. */
export interface LaneStatus extends LaneWaiting {
  /** Last number given in the newest boot; 0 for none. */
  lastSeq: number
  /** Last number of the newest boot that the cloud has acked. */
  acked: number
  /** Records stored in all boots of this file. */
  stored: number
  /** Bytes of its sealed batches. */
  bytes: number
  /** Records dropped by all boots of this file, each in a signed gap. */
  dropped: number
}

export interface OutboxStatus {
  boot: number | null
  boots: number
  lanes: Record<Lane, LaneStatus>
  /** Bytes an hour that the agent's newest run wrote to the disk; null where it was too short to say. */
  writtenBytesPerHour: number | null
  /** Corrupt files that were set aside and are still there. */
  setAside: number
  /** What the agent last remembered of its calibration, as JSON; null for none. */
  calibration: string | null
}

/** Reads where an outbox stands, beside a running agent or after it; null where there is no outbox yet. */
export function readOutboxStatus(folder: string): OutboxStatus | null {
  const path = join(folder, outboxFile)
  if (!existsSync(path)) return null
  const db = new Database(path, { readonly: true, timeout: 2000 })
  try {
    return db.transaction(() => {
      // The file may be an older agent's, which keeps no sums.
      const one = <T>(sql: string, ...args: (string | number | null)[]): T | undefined =>
        db.prepare<unknown[], T>(sql).get(...args)
      const note = (key: string) => one<{ value: string }>('SELECT value FROM notes WHERE key = ?', key)?.value ?? null
      const boot = numberOf(note('boot')) ?? one<{ boot: number | null }>('SELECT max(boot) AS boot FROM boots')!.boot
      const laneStatus = (lane: Lane): LaneStatus => {
        const row = one<{ last: number; acked: number }>(
          'SELECT last_seq AS last, acked_seq AS acked FROM sequences WHERE boot = ? AND lane = ?',
          boot,
          lane,
        )
        const { stored } = one<{ stored: number }>(
          'SELECT coalesce(sum(last_seq), 0) AS stored FROM sequences WHERE lane = ?',
          lane,
        )!
        const sealed = one<LaneWaiting & { bytes: number }>(
          `SELECT count(*) AS batches, coalesce(sum(last_seq - first_seq + 1), 0) AS records,
           coalesce(sum(length(bytes)), 0) AS bytes FROM batches WHERE lane = ?`,
          lane,
        )!
        const unsealed = one<{ records: number }>('SELECT count(*) AS records FROM records WHERE lane = ?', lane)!
        return {
          lastSeq: row?.last ?? 0,
          acked: row?.acked ?? 0,
          stored,
          batches: sealed.batches,
          records: sealed.records + unsealed.records,
          bytes: sealed.bytes,
          dropped: hasDrops
            ? (one<{ dropped: number }>('SELECT dropped FROM drops WHERE lane = ?', lane)?.dropped ?? 0)
            : 0,
        }
      }
      const hasDrops = one("SELECT 1 FROM sqlite_schema WHERE name = 'drops'") !== undefined
      return {
        boot,
        boots: one<{ boots: number }>('SELECT count(*) AS boots FROM boots')!.boots,
        lanes: Object.fromEntries(lanes.map((lane) => [lane, laneStatus(lane)])) as Record<Lane, LaneStatus>,
        calibration: note('calibration'),
        writtenBytesPerHour: numberOf(note('writtenBytesPerHour')),
        setAside: setAsideFiles(folder).length,
      }
    })()
  } finally {
    db.close()
  }
}

const numberOf = (text: string | null): number | null => (text === null ? null : Number(text))
