import { telematicsFields } from '@fairmile/contract/columns/telematics-fields.ts'
import { clockJumpMs, type TouchedRange } from '../trips/touch-trips.ts'
import type { TelematicsRows } from './telematics.ts'
import type { TelematicsColumns } from './telematics-copy.ts'

const atPlace = telematicsFields.findIndex(({ name }) => name === 'at')

/** What a transaction stored of telematics, as ranges of numbers and times: where the clock jumps within a batch another range begins. */
export function touchedRanges(rows: readonly TelematicsRows[], columns: readonly TelematicsColumns[]): TouchedRange[] {
  const ranges: TouchedRange[] = []
  for (const { deviceId, boot, records } of rows)
    ranges.push(
      ...rangesOf(
        { deviceId, boot },
        records.map(({ seq }) => seq),
        records.map(({ at }) => at),
      ),
    )
  for (const { device: deviceId, boot, firstSeq, columns: fields } of columns) {
    const times = fields[atPlace] as readonly number[]
    ranges.push(
      ...rangesOf(
        { deviceId, boot },
        times.map((_, n) => firstSeq + n),
        times,
      ),
    )
  }
  return ranges
}

function rangesOf(
  boot: Pick<TouchedRange, 'deviceId' | 'boot'>,
  seqs: readonly number[],
  times: readonly number[],
): TouchedRange[] {
  const ranges: TouchedRange[] = []
  let before = Number.NEGATIVE_INFINITY
  for (const [n, at] of times.entries()) {
    const seq = seqs[n]!
    const last = ranges.at(-1)
    if (!last || Math.abs(at - before) > clockJumpMs)
      ranges.push({ ...boot, firstSeq: seq, lastSeq: seq, fromMs: at, toMs: at })
    else {
      last.lastSeq = seq
      last.fromMs = Math.min(last.fromMs, at)
      last.toMs = Math.max(last.toMs, at)
    }
    before = at
  }
  return ranges
}
