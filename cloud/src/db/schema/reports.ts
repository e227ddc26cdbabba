import type { ReportTable } from '@fairmile/contract/http/reports.ts'
import { reportKinds } from '@fairmile/contract/http/reports.ts'
import { index, jsonb, pgTable, text, timestamp } from 'drizzle-orm/pg-core'

/** Reports as they were made, never changed; ids look like `RPT-…`. */
export const reports = pgTable(
  'reports',
  {
    id: text('id').primaryKey(),
    kind: text('kind', { enum: reportKinds }).notNull(),
    /** The month, `2026-05`, UTC. */
    period: text('period').notNull(),
    madeAt: timestamp('made_at', { withTimezone: true }).notNull(),
    /** E-mail address of an admin, `command line`, or `schedule`. */
    madeBy: text('made_by').notNull(),
    body: jsonb('body').$type<{ tables: ReportTable[]; notes: string[] }>().notNull(),
    csv: text('csv').notNull(),
  },
  (table) => [
    index('reports_made_at_idx').on(table.madeAt.desc().nullsFirst(), table.id.desc().nullsFirst()),
    index('reports_kind_idx').on(table.kind, table.period),
  ],
)
