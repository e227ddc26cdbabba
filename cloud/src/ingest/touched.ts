import { telematicsFields } from '@fairmile/contract/columns/telematics-fields.ts'
import type { TouchedRange } from '../trips/touch-trips.ts'
import type { TelematicsRows } from './telematics.ts'
import type { TelematicsColumns } from './telematics-copy.ts'

const atPlace = telematicsFields.findIndex(({ name }) => name === 'at')

/** What a transaction stored of telematics, as ranges of numbers and times: of each batch its first and last event. */
export function touchedRanges(rows: readonly TelematicsRows[], columns: readonly TelematicsColumns[]): TouchedRange[] {
  const ranges: TouchedRange[] = []
  for (const { deviceId, boot, records } of rows) {
    const [first, last] = [records[0], records.at(-1)]
    if (first && last)
      ranges.push({ deviceId, boot, firstSeq: first.seq, lastSeq: last.seq, fromMs: first.at, toMs: last.at })
  }
  for (const { device: deviceId, boot, firstSeq, lastSeq, columns: fields } of columns) {
    const at = fields[atPlace] as readonly number[]
    ranges.push({ deviceId, boot, firstSeq, lastSeq, fromMs: at[0] ?? 0, toMs: at.at(-1) ?? 0 })
  }
  return ranges
}
