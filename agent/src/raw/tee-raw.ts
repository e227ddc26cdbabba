import type { Clock } from '../clock.ts'
import type { Outbox } from '../outbox/outbox.ts'
import type { SensorSink } from '../sensors.ts'
import { createRawLog } from './raw-log.ts'

type Readings = Pick<SensorSink, 'fix' | 'imu' | 'board'>

/** Also keeps what goes to a sink, at full rate, in the `raw` lane; `flush` at the end. */
export function teeRaw(sink: Readings, options: { outbox: Outbox; clock: Clock }): Readings & { flush(): void } {
  const { outbox, clock } = options
  let utcOffsetMs: number | null = null
  const log = createRawLog({
    append: (chunk) => void outbox.append('raw', chunk),
    utcMs: (tMs) => tMs + (utcOffsetMs ?? clock.wallMs() - clock.monotonicMs()),
  })
  return {
    fix(fix) {
      if (fix.utcMs !== null && fix.lat !== null) utcOffsetMs = fix.utcMs - fix.tMs
      log.fix(fix)
      sink.fix(fix)
    },
    imu(sample) {
      log.imu(sample)
      sink.imu(sample)
    },
    board: (state) => sink.board(state),
    flush: log.flush,
  }
}
