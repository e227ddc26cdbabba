import { telematicsFields } from '@fairmile/contract/columns/telematics-fields.ts'
import type { TouchedRange } from '../trips/touch-trips.ts'
import type { TelematicsRows } from './telematics.ts'
import type { TelematicsColumns } from './telematics-copy.ts'

const atPlace = telematicsFields.findIndex(({ name }) => name === 'at')

/** What a transaction stored of telematics, as ranges of numbers and times. A clock may be put back within a batch: its earliest and latest moment count. */
export function touchedRanges(rows: readonly TelematicsRows[], columns: readonly TelematicsColumns[]): TouchedRange[] {
  const ranges: TouchedRange[] = []
  for (const { deviceId, boot, records } of rows) {
    const [first, last] = [records[0], records.at(-1)]
    const times = records.map(({ at }) => at)
    if (first && last) ranges.push({ deviceId, boot, firstSeq: first.seq, lastSeq: last.seq, ...spanOf(times) })
  }
  for (const { device: deviceId, boot, firstSeq, lastSeq, columns: fields } of columns) {
    ranges.push({ deviceId, boot, firstSeq, lastSeq, ...spanOf(fields[atPlace] as readonly number[]) })
  }
  return ranges
}

function spanOf(times: readonly number[]): { fromMs: number; toMs: number } {
  let fromMs = Number.POSITIVE_INFINITY
  let toMs = Number.NEGATIVE_INFINITY
  for (const at of times) {
    if (at < fromMs) fromMs = at
    if (at > toMs) toMs = at
  }
  return { fromMs, toMs }
}
