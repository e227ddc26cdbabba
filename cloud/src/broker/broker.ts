/** The cloud's own account at a broker: what its processes log in as where the broker is another process. */
export const cloudAccount = 'fairmile-cloud'

/** A message from a device, as it came. */
export interface BrokerMessage {
  topic: string
  /** A view of what was read: whoever keeps it for long keeps the rest of the chunk too. */
  payload: Buffer
  /** When it came for the first time, UTC epoch milliseconds, where it is replayed. @default now */
  receivedMs?: number
}

/**
 * Takes a message. The promise ends when there is room for the next one: the broker stops reading from that device
 * (or from the outside broker) until then. Where it fails the message was not taken and is not acknowledged: who sent it has it still.
 *
 * @param options.signal aborted when who would send the message again is gone from here: while it waits for room it need not be kept
 */
export type MessageHandler = (message: BrokerMessage, options: { readonly signal?: AbortSignal }) => Promise<void>

/** A message that the broker would not take. */
export interface RefusedMessage {
  /** Who was logged in. */
  deviceId: string
  topic: string
  reason: 'foreign_topic' | 'oversized_packet'
  detail: string
  sizeBytes: number
  /** Null where it was not read. */
  payload: Buffer | null
}

/** The way to the devices, by the embedded broker or by one outside. */
export interface Broker {
  /** Who gets what devices publish; set before `start`. */
  onMessage(handler: MessageHandler): void
  /** Who is told of what was not let through; an outside broker tells nobody. Set before `start`. */
  onRefused(note: (refused: RefusedMessage) => void): void
  /** Begins to listen (or connects, until the signal ends that); gives the address for devices, `mqtt://…`. */
  start(signal?: AbortSignal): Promise<string>
  /** Sends to devices. @throws where the broker cannot be reached or does not answer in time; never waits longer */
  publish(topic: string, payload: Uint8Array | string, options: { qos: 0 | 1; retain: boolean }): Promise<void>
  /** Ends every connection; may be called twice. */
  close(): Promise<void>
}
