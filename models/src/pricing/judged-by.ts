import type { ReceiptTrip } from '@fairmile/contract/receipt.ts'
import { releasedThresholds, thresholds, thresholdsHash } from '../events/thresholds.ts'
import { type Check, isHex, type Known, needed } from './known.ts'

/** The hashes of the tables at hand, with their versions. */
export function tablesAtHand({ thresholds: tables = [thresholds], hash }: Known): Map<string, string> {
  return new Map(tables.map((table) => [thresholdsHash(table, hash), table.version]))
}

/**
 * That a trip names a table of thresholds, and that a released one which is at hand is the one that was released. A table that is not at hand is
 * no difference: a car judges by that of its own release.
 */
export function judgedByCheck(
  { id, thresholdsHash: judgedBy }: Pick<ReceiptTrip, 'id' | 'thresholdsHash'>,
  tables: ReadonlyMap<string, string>,
): Check {
  const step = `thresholds of ${id}`
  if (!isHex(judgedBy, 64)) return needed(step, false, { expected: 'the hash of a table', found: String(judgedBy) })
  const [released] = Object.entries(releasedThresholds).find(([, released]) => released === judgedBy) ?? []
  const [changed] = [...tables].find(([of, version]) => version === released && of !== judgedBy) ?? []
  return needed(step, tables.has(judgedBy) || changed === undefined, {
    expected: `the table ${released} as it was released: ${judgedBy}`,
    found: `a changed one: ${changed}`,
  })
}
