import { type BulkAction, maxBulkItems } from '@fairmile/contract/http/bulk.ts'
import { asc, eq, sql } from 'drizzle-orm'
import type { Database } from '../db/database.ts'
import { bulkItems, bulkRuns } from '../db/schema/bulk.ts'
import type { Selected } from './bulk-work.ts'
import type { BulkWorks } from './bulk-works.ts'
import { previewLifeMs } from './preview-bulk.ts'

/** Where workers are told that a run waits. */
export const bulkChannel = 'fairmile_bulk'

/** A thing that is not as it was when it was looked at. */
export interface Moved {
  readonly id: string
  readonly message: string
}

/** What became of a start: `moved` says what is another now, and nothing was started. */
export type Started = 'started' | 'unknown' | 'expired' | 'used' | { readonly moved: readonly Moved[] }

interface StartOptions {
  readonly works: BulkWorks
  readonly action: BulkAction
  readonly token: string
  /** E-mail address of the admin, who made the preview too. */
  readonly by: string
  readonly now: number
}

/** Starts what a preview showed, where everything of its selection still is as it was seen. */
export function startBulk(db: Database, { works, action, token, by, now }: StartOptions): Promise<Started> {
  return db.transaction(async (tx): Promise<Started> => {
    const [run] = await tx.select().from(bulkRuns).where(eq(bulkRuns.id, token)).for('update')
    if (!run || run.action !== action || run.previewedBy !== by) return 'unknown'
    if (run.state !== 'previewed') return 'used'
    if (run.previewedAt.getTime() + previewLifeMs < now) return 'expired'
    const seen = await tx.select().from(bulkItems).where(eq(bulkItems.runId, token)).orderBy(asc(bulkItems.place))
    const things = await works[action].work.select(tx, run.body, { by, max: maxBulkItems + 1 })
    const moved = movedSince(
      seen.map(({ itemId, version, warning }) => ({ id: itemId, version, warning })),
      things,
    )
    if (moved.length > 0) return { moved }
    await tx
      .update(bulkRuns)
      .set({ state: 'waiting', startedAt: new Date(now) })
      .where(eq(bulkRuns.id, token))
    await tx.execute(sql`SELECT pg_notify(${bulkChannel}, '')`)
    return 'started'
  })
}

type Seen = Pick<Selected, 'id' | 'version' | 'warning'>

/** What is another now than it was seen: gone, new, changed. */
export function movedSince(seen: readonly Seen[], now: readonly Seen[]): Moved[] {
  const before = new Map(seen.map((thing) => [thing.id, thing]))
  const after = new Map(now.map((thing) => [thing.id, thing]))
  return [
    ...seen.filter(({ id }) => !after.has(id)).map(({ id }) => ({ id, message: 'is in the selection no more' })),
    ...now.flatMap(({ id, version, warning }) => {
      const old = before.get(id)
      if (!old) return [{ id, message: 'is new in the selection' }]
      if (old.version !== version) return [{ id, message: 'was changed' }]
      return old.warning === warning ? [] : [{ id, message: warning ?? 'can be changed now' }]
    }),
  ]
}
