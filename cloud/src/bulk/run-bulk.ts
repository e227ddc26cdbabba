import { and, asc, eq, or } from 'drizzle-orm'
import type { Database } from '../db/database.ts'
import { bulkItems, bulkRuns } from '../db/schema/bulk.ts'
import { messageOf } from '../errors.ts'
import type { Outcome } from './bulk-work.ts'
import type { BulkWorks } from './bulk-works.ts'
import { followJob } from './follow-job.ts'

/** Things that are read at once. */
const atOnce = 200

type Run = typeof bulkRuns.$inferSelect
type Item = typeof bulkItems.$inferSelect

interface RunOptions {
  readonly works: BulkWorks
  /** Told what answers are stale, before a thing counts as done. */
  readonly changed: (...tags: string[]) => Promise<void>
  readonly signal?: AbortSignal
}

/**
 * Does the runs that wait, the oldest first, thing by thing, and goes on where one was left.
 *
 * What a job does is followed: its process tells how far it is, and where that was missed this finds it. A thing that is not as it was seen is left as it is and says so; one that fails holds up no other.
 * @returns how many things were looked at
 */
export async function runBulk(db: Database, { works, changed, signal }: RunOptions): Promise<{ items: number }> {
  const { state, startedAt, id } = bulkRuns
  const runs = await db
    .select()
    .from(bulkRuns)
    .where(or(eq(state, 'waiting'), eq(state, 'running')))
    .orderBy(asc(startedAt))
  let items = 0
  for (const run of runs) {
    if (run.jobId !== null) {
      items += await followJob(db, run.jobId)
      continue
    }
    await db.update(bulkRuns).set({ state: 'running' }).where(eq(id, run.id))
    for (let open = await openItems(db, run.id); open.length > 0; open = await openItems(db, run.id))
      for (const item of open) {
        signal?.throwIfAborted()
        await doItem(db, run, item, { works, changed })
        items++
      }
    await db.update(bulkRuns).set({ state: 'done', endedAt: new Date() }).where(eq(id, run.id))
  }
  return { items }
}

const openItems = (db: Database, runId: string): Promise<Item[]> =>
  db
    .select()
    .from(bulkItems)
    .where(and(eq(bulkItems.runId, runId), eq(bulkItems.state, 'waiting')))
    .orderBy(asc(bulkItems.place))
    .limit(atOnce)

async function doItem(db: Database, run: Run, item: Item, { works, changed }: RunOptions): Promise<void> {
  const { runId, place } = item
  let outcome: Outcome | { state: 'failed'; detail: string; tags?: readonly string[] }
  try {
    outcome = await outcomeOf(db, run, item, works)
  } catch (error) {
    outcome = { state: 'failed', detail: messageOf(error) }
  }
  const { state, detail, tags = [] } = outcome
  await db
    .update(bulkItems)
    .set({ state, detail })
    .where(and(eq(bulkItems.runId, runId), eq(bulkItems.place, place)))
  if (tags.length > 0) await changed(...tags)
}

async function outcomeOf(db: Database, run: Run, item: Item, works: BulkWorks): Promise<Outcome> {
  if (item.warning !== null) return { state: 'skipped', detail: item.warning }
  const { work } = works[run.action]
  if (!('apply' in work)) throw new Error(`Doing "${run.action}": a job does it, and the run "${run.id}" has none`)
  const [thing] = await work.select(db, run.body, { by: run.previewedBy, max: 1, only: item.itemId })
  if (!thing) return { state: 'skipped', detail: 'it is in the selection no more' }
  if (thing.version !== item.version) return { state: 'skipped', detail: 'it was changed after the run began' }
  if (thing.warning !== null) return { state: 'skipped', detail: thing.warning }
  return work.apply(db, run.body, thing, { by: run.previewedBy })
}
