import type { LiveMessage } from '@fairmile/contract/live.ts'

/** A live message as it goes to sockets: written once, the same bytes for all who read it. */
export interface Letter {
  /** The state that a newer message of the same key replaces; null keeps every one. */
  readonly key: string | null
  /** JSON. */
  readonly data: Buffer
}

/** Writes a message. A driving update is replaced by the device's next one; an event in it is told by its own alert. */
export const letterOf = (message: LiveMessage, data: Buffer = Buffer.from(JSON.stringify(message))): Letter => ({
  key: message.type === 'driving_update' ? message.deviceId : null,
  data,
})
