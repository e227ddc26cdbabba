import type { ExportRangeQuery } from '@fairmile/contract/http/exports.ts'
import type { Range } from './data-sets.ts'

const dayMs = 24 * 3600 * 1000

/** A range that is none, or longer than is exported at once. */
export class ExportRangeError extends RangeError {
  override readonly name = 'ExportRangeError'
}

/**
 * Reads the range of an export: up to now, and as early as is allowed, where nothing is said.
 *
 * @throws {ExportRangeError}
 */
export function exportRange(
  { from, to }: ExportRangeQuery,
  { maxDays, nowMs }: { maxDays: number; nowMs: number },
): Range {
  const toMs = to === undefined ? nowMs : Date.parse(to)
  const fromMs = from === undefined ? toMs - maxDays * dayMs : Date.parse(from)
  if (!(fromMs < toMs)) throw new ExportRangeError('The range ends before it begins: give a "to" after "from".')
  if (toMs - fromMs > maxDays * dayMs)
    throw new ExportRangeError(
      `The range has ${Math.ceil((toMs - fromMs) / dayMs)} days; one export has ${maxDays} at most: take it in parts.`,
    )
  return { fromMs, toMs }
}
