import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { type Lane, lanes } from '@fairmile/contract/topics.ts'
import Database from 'better-sqlite3'
import { outboxFile } from './database.ts'
import { createStore, type LaneWaiting } from './store.ts'

/** Where a lane stands. */
export interface LaneStatus extends LaneWaiting {
  /** Last number given in the newest boot; 0 for none. */
  lastSeq: number
  /** Last number of the newest boot that the cloud has acked. */
  acked: number
  /** Records stored in all boots of this file. */
  stored: number
}

export interface OutboxStatus {
  boot: number | null
  boots: number
  lanes: Record<Lane, LaneStatus>
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
      const store = createStore(db)
      const boot = store.lastBoot()
      const sequence = db.prepare<[number | null, string], { last_seq: number; acked_seq: number }>(
        'SELECT last_seq, acked_seq FROM sequences WHERE boot = ? AND lane = ?',
      )
      const stored = db
        .prepare<[string], number>('SELECT coalesce(sum(last_seq), 0) FROM sequences WHERE lane = ?')
        .pluck()
      const laneStatus = (lane: Lane): LaneStatus => {
        const row = sequence.get(boot, lane)
        return {
          lastSeq: row?.last_seq ?? 0,
          acked: row?.acked_seq ?? 0,
          stored: stored.get(lane)!,
          ...store.waiting(lane),
        }
      }
      return {
        boot,
        boots: db.prepare<[], number>('SELECT count(*) FROM boots').pluck().get()!,
        lanes: Object.fromEntries(lanes.map((lane) => [lane, laneStatus(lane)])) as Record<Lane, LaneStatus>,
        calibration: store.note('calibration'),
      }
    })()
  } finally {
    db.close()
  }
}
