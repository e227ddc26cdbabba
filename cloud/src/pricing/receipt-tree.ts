import { setImmediate as breath } from 'node:timers/promises'
import { receiptLeaf } from '@fairmile/models/pricing/merkle.ts'
import { nodeBytes, pathPlaces, treeNodes } from '@fairmile/models/pricing/merkle-nodes.ts'
import { sql } from 'drizzle-orm'
import { type Database, selectRows } from '../db/database.ts'
import { receiptTrees } from '../db/schema/ledger.ts'

/** Leaves hashed between two breaths. */
const chunk = 500

/** A receipt as it is a leaf: its salt and the hash of its text, hex. */
interface Leaf {
  readonly salt: string
  readonly hash: string
}

/** Keeps the nodes of a day's tree, a bit at a time: others are waiting for this process too. */
export async function keepTree(
  db: Database,
  day: string,
  receipts: readonly Leaf[],
  hashBytes: (bytes: Uint8Array) => Uint8Array,
): Promise<void> {
  const leaves: Uint8Array[] = []
  for (const { salt, hash } of receipts) {
    leaves.push(receiptLeaf(salt, hash, hashBytes))
    if (leaves.length % chunk === 0) await breath()
  }
  const work = treeNodes(leaves, hashBytes)
  let step = work.next()
  for (; !step.done; step = work.next()) await breath()
  await db
    .insert(receiptTrees)
    .values({ day, nodes: Buffer.from(step.value) })
    .onConflictDoNothing()
}

/** The way from a leaf to the root of a day's tree, hex; null where its nodes are not kept. */
export async function pathInTree(
  db: Database,
  { day, size, index }: { day: string; size: number; index: number },
): Promise<string[] | null> {
  const places = pathPlaces(size, index)
  const [row] = await selectRows<{ path: string[] }>(
    db,
    sql`SELECT (SELECT coalesce(jsonb_agg(encode(substring(t.nodes FROM place::int * ${nodeBytes}::int + 1 FOR ${nodeBytes}::int), 'hex') ORDER BY n), '[]')
        FROM jsonb_array_elements_text(${JSON.stringify(places)}::text::jsonb) WITH ORDINALITY AS asked (place, n)) AS path
      FROM receipt_trees t WHERE t.day = ${day}::date`,
  )
  return row?.path ?? null
}
