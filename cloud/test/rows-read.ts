import assert from 'node:assert/strict'
import type { Query } from 'drizzle-orm'
import type { Database } from '../src/db/database.ts'

interface PlanNode {
  'Relation Name'?: string
  'Actual Rows': number
  'Actual Loops': number
  'Rows Removed by Filter'?: number
  'Rows Removed by Index Recheck'?: number
  'Shared Hit Blocks': number
  'Shared Read Blocks': number
  Plans?: PlanNode[]
}

interface Explained {
  'QUERY PLAN': [{ Plan: PlanNode }]
}

/** What Drizzle runs statements with: what it builds and what is written by hand go the same way. */
interface Session {
  prepareQuery(query: Query, ...rest: unknown[]): { execute(): Promise<unknown> }
}

/** What the statements that read do: rows of a table that they fetch, those that a filter drops among them, and pages of anything that they look at. */
export interface Reading {
  rows: number
  pages: number
}

/** Does something, and has the database explain each statement of it that reads. */
export async function readingsOf(
  db: Database,
  table: string,
  ask: (db: Database) => Promise<unknown>,
): Promise<Reading[]> {
  const { session } = db as unknown as { session: Session }
  const statements: Query[] = []
  const noting: Session = Object.create(session as object, {
    prepareQuery: {
      value: (query: Query, ...rest: unknown[]) => {
        statements.push(query)
        return session.prepareQuery(query, ...rest)
      },
    },
  })
  await ask(Object.create(db, { session: { value: noting } }))
  const readings: Reading[] = []
  for (const { sql, params } of statements.filter((statement) => /^\s*(select|with)\b/i.test(statement.sql))) {
    const explain = `EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) ${sql}`
    const answer = await session.prepareQuery({ sql: explain, params }, undefined, undefined, false).execute()
    const [row] = (Array.isArray(answer) ? answer : (answer as { rows: unknown[] }).rows) as [Explained]
    const plan = row['QUERY PLAN'][0].Plan
    readings.push({ rows: rowsOf(plan, table), pages: plan['Shared Hit Blocks'] + plan['Shared Read Blocks'] })
  }
  assert.ok(readings.length > 0, 'no statement was run')
  return readings
}

function rowsOf(node: PlanNode, table: string): number {
  const fetched =
    node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0) + (node['Rows Removed by Index Recheck'] ?? 0)
  const own = node['Relation Name'] === table ? fetched * node['Actual Loops'] : 0
  return (node.Plans ?? []).reduce((sum, below) => sum + rowsOf(below, table), own)
}
