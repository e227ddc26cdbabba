import type { Board } from '../board/source.ts'
import type { Log } from '../log.ts'
import type { Outbox } from '../outbox/outbox.ts'
import type { SensorSink } from '../sensors.ts'
import { createParked } from './parked.ts'

type Readings = Pick<SensorSink, 'fix' | 'imu' | 'board'>

export interface WithParkedOptions {
  /** Seconds with the ignition off; null: it stays awake. */
  sleepAfterS: number | null
  outbox: Pick<Outbox, 'seal' | 'flush'>
  /** True where nothing that goes by itself waits to be sent. */
  isSent: () => boolean
  log: Log
}

/** Watches what a board says of ignition and battery on its way to a sink; without a board nothing can put the computer to sleep. */
export function withParked(sink: Readings, board: Board | undefined, options: WithParkedOptions): Readings {
  if (board === undefined) return sink
  const { sleepAfterS, outbox, isSent, log } = options
  const parked = createParked({
    sleepAfterMs: sleepAfterS === null ? null : sleepAfterS * 1000,
    sleep: board.sleep,
    settle() {
      for (const lane of ['telematics', 'raw'] as const) outbox.seal(lane)
      outbox.flush()
    },
    isSent,
    log,
  })
  return {
    fix: (fix) => sink.fix(fix),
    imu: (sample) => sink.imu(sample),
    board(state) {
      sink.board(state)
      parked(state)
    },
  }
}
