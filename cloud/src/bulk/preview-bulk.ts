import { type BulkAction, type BulkPreview, maxBulkItems, previewItems } from '@fairmile/contract/http/bulk.ts'
import { sql } from 'drizzle-orm'
import type { Database } from '../db/database.ts'
import { rowsAs } from '../db/rows-as.ts'
import { bulkRuns } from '../db/schema/bulk.ts'
import { drawPublicId } from '../drivers/public-id.ts'
import type { Selected } from './bulk-work.ts'
import type { BulkWorks } from './bulk-works.ts'

/** How long a preview may be started: as long as somebody still knows what they saw. */
export const previewLifeMs = 3_600_000

interface PreviewOptions {
  readonly works: BulkWorks
  readonly action: BulkAction
  /** Checked by the action's own schema. */
  readonly body: unknown
  /** E-mail address of the admin. */
  readonly by: string
  readonly now: number
}

/** Looks at what would change and keeps it, exactly as it was seen; null where the selection is larger than one run may be. */
export async function previewBulk(
  db: Database,
  { works, action, body, by, now }: PreviewOptions,
): Promise<BulkPreview | null> {
  const things = await works[action].work.select(db, body, { by, max: maxBulkItems + 1 })
  if (things.length > maxBulkItems) return null
  const token = drawPublicId('BLK')
  await db.transaction(async (tx) => {
    const run = { id: token, action, body, state: 'previewed' as const, previewedBy: by, previewedAt: new Date(now) }
    await tx.insert(bulkRuns).values(run)
    if (things.length > 0) await tx.execute(insertItems(token, things))
  })
  return { token, action, expiresAt: new Date(now + previewLifeMs).toISOString(), ...summaryOf(things) }
}

/** What a preview says of the things: those that would be changed come first. */
export function summaryOf(
  things: readonly Selected[],
): Pick<BulkPreview, 'selected' | 'changes' | 'items' | 'warnings'> {
  const counts = new Map<string, number>()
  for (const { warning } of things) if (warning !== null) counts.set(warning, (counts.get(warning) ?? 0) + 1)
  const changing = things.filter(({ warning }) => warning === null)
  const shown = [...changing, ...things.filter(({ warning }) => warning !== null)].slice(0, previewItems)
  return {
    selected: things.length,
    changes: changing.length,
    items: shown.map(({ id, label, change, warning }) => ({ id, label, change, warning })),
    warnings: [...counts].map(([warning, items]) => ({ warning, items })).toSorted((a, b) => b.items - a.items),
  }
}

const insertItems = (runId: string, things: readonly Selected[]) => sql`
  INSERT INTO bulk_items (run_id, place, item_id, label, change, warning, version)
  SELECT ${runId}, place, id, label, change, warning, version FROM ${rowsAs(
    'thing',
    things,
    {
      id: ['text', ({ id }) => id],
      label: ['text', ({ label }) => label],
      change: ['text', ({ change }) => change],
      warning: ['text', ({ warning }) => warning],
      version: ['text', ({ version }) => version],
    },
    { ordinality: 'place' },
  )}`
