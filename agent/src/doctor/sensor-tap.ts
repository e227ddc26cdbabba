import type { SensorSink } from '../sensors.ts'
import type { Feed } from './hear.ts'

/** Lets the doctor hear the sensors that the agent has open, without opening them twice. */
export function createSensorTap(): { tee(sink: SensorSink): SensorSink; feed: Feed } {
  let listener: SensorSink | null = null
  const troubles = new Map<string, string>()
  return {
    tee: (sink) => ({
      fix(fix) {
        sink.fix(fix)
        listener?.fix(fix)
      },
      imu(sample) {
        sink.imu(sample)
        listener?.imu(sample)
      },
      board(state) {
        sink.board(state)
        listener?.board(state)
      },
      trouble(source, message) {
        sink.trouble(source, message)
        listener?.trouble(source, message)
        if (message === null) troubles.delete(source)
        else troubles.set(source, message)
      },
    }),
    async feed(sink, signal) {
      // A trouble is told when it begins.
      for (const [source, message] of troubles) sink.trouble(source, message)
      listener = sink
      await new Promise<void>((resolve) => {
        if (signal.aborted) resolve()
        else signal.addEventListener('abort', () => resolve(), { once: true })
      })
      listener = null
    },
  }
}
