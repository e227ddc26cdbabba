import type { ReceiptTrip } from '@fairmile/contract/receipt.ts'
import { releasedThresholds, thresholds, thresholdsHash } from '../events/thresholds.ts'
import { type Check, isHex, type Known, needed } from './known.ts'

/** The hashes of the tables at hand, with their versions. */
export function tablesAtHand({ thresholds: tables = [thresholds], hash }: Known): Map<string, string> {
  return new Map(tables.map((table) => [thresholdsHash(table, hash), table.version]))
}

/**
 * That a trip names a table of thresholds, and that the one at hand which it names, or which bears the version of the one that it names, is as
 * that version was released. A table that is not at hand, and one of a version that was not released here, is no difference: a car judges by that
 * of its own release.
 */
export function judgedByCheck(
  { id, thresholdsHash: judgedBy }: Pick<ReceiptTrip, 'id' | 'thresholdsHash'>,
  tables: ReadonlyMap<string, string>,
): Check {
  const step = `thresholds of ${id}`
  if (!isHex(judgedBy, 64)) return needed(step, false, { expected: 'the hash of a table', found: String(judgedBy) })
  const releases = Object.entries(releasedThresholds)
  const version = tables.get(judgedBy) ?? releases.find(([, hash]) => hash === judgedBy)?.[0]
  const released = releases.find(([name]) => name === version)?.[1]
  const atHand = tables.has(judgedBy) ? judgedBy : [...tables].find(([, name]) => name === version)?.[0]
  return needed(step, released === undefined || atHand === undefined || atHand === released, {
    expected: `the table ${version} as it was released: ${released}`,
    found: `a changed one: ${atHand}`,
  })
}
