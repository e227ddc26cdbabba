import { type BulkAction, maxBulkItems } from '@fairmile/contract/http/bulk.ts'
import { and, asc, eq, isNotNull, sql } from 'drizzle-orm'
import type { Database } from '../db/database.ts'
import { bulkItems, bulkRuns } from '../db/schema/bulk.ts'
import type { BulkWork, Selected } from './bulk-work.ts'
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
    const { work } = works[action]
    const things = await work.select(tx, run.body, { by, max: maxBulkItems + 1 })
    const moved = movedSince(
      seen.map(({ itemId, version, warning }) => ({ id: itemId, version, warning })),
      things,
    )
    if (moved.length > 0) return { moved }
    await begin(tx, run, { work, things, now })
    return 'started'
  })
}

type Begin = { work: BulkWork<unknown>; things: readonly Selected[]; now: number }

/** Leaves a run to a worker, or to the job that does all of it. */
async function begin(tx: Database, run: typeof bulkRuns.$inferSelect, { work, things, now }: Begin): Promise<void> {
  const startedAt = new Date(now)
  const set = (to: Partial<typeof bulkRuns.$inferInsert>) =>
    tx
      .update(bulkRuns)
      .set({ startedAt, ...to })
      .where(eq(bulkRuns.id, run.id))
  if (!('begin' in work)) {
    await set({ state: 'waiting' })
    await tx.execute(sql`SELECT pg_notify(${bulkChannel}, '')`)
    return
  }
  await tx
    .update(bulkItems)
    .set({ state: 'skipped', detail: bulkItems.warning })
    .where(and(eq(bulkItems.runId, run.id), isNotNull(bulkItems.warning)))
  const ids = things.filter(({ warning }) => warning === null).map(({ id }) => id)
  if (ids.length === 0) await set({ state: 'done', endedAt: startedAt })
  else await set({ state: 'running', jobId: await work.begin(tx, run.body, { ids, by: run.previewedBy }) })
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
