import type { Ack } from '@fairmile/contract/records.ts'
import { streams } from '@fairmile/contract/topics.ts'
import { messageOf } from '../errors.ts'
import type { Log } from '../log.ts'
import type { IngestCounters } from './counters.ts'
import type { Stored } from './store.ts'

/** Rejected batches told in one ack: fits the 4 KiB that a device reads. */
const maxRejected = 32

export interface TellOptions {
  /** Publishes to devices: the broker's. It must give up by itself. */
  publish: (topic: string, payload: string, options: { qos: 0 | 1; retain: boolean }) => Promise<void>
  /** Told of a device that has come online. */
  greet: ((deviceId: string) => Promise<void>) | undefined
  counters: IngestCounters
  log: Log
}

/** Tells devices what of theirs is committed, and greets those that came online; ends when the broker has it, and never throws. */
export type Tell = (stored: Pick<Stored, 'acks' | 'seen'>) => Promise<void>

export function createTell({ publish, greet, counters, log }: TellOptions): Tell {
  const sendAck = async (deviceId: string, ack: Ack): Promise<void> => {
    if (ack.upTo === 0 && ack.rejected.length === 0) return
    try {
      for (let at = 0; at === 0 || at < ack.rejected.length; at += maxRejected) {
        const part: Ack = { ...ack, rejected: ack.rejected.slice(at, at + maxRejected) }
        await publish(streams.ack.topic(deviceId), JSON.stringify(part), { qos: streams.ack.qos, retain: false })
      }
    } catch (error) {
      counters.acksGivenUp.inc()
      log.warn({ device: deviceId, error: messageOf(error) }, 'ack not sent; the device will send again')
    }
  }
  return async ({ acks, seen }) => {
    await Promise.all(acks.map(({ deviceId, ack }) => sendAck(deviceId, ack)))
    const online = seen.filter(({ stream, word }) => stream === 'state' && word.online)
    if (greet) await Promise.all([...new Set(online.map(({ deviceId }) => deviceId))].map(greet))
  }
}
