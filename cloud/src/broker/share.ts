import type { BrokerMessage } from './broker.ts'

interface Given {
  readonly qos: 0 | 1
  /** Aborted when who sent it is gone. */
  readonly signal: AbortSignal
}

/** One of those who share the work; ends when there is room for the next message. */
export type Taker = (message: BrokerMessage, given: Given) => Promise<void>

/** Hands each message to one of several takers. */
export interface Share {
  add(taker: Taker): void
  remove(taker: Taker): void
  /** Null where there is nobody to take it. */
  give(message: BrokerMessage, given: Given): Promise<void> | null
}

/** Makes a share; a device's messages go to the same taker, in order, as long as the takers stay the same. */
export function createShare(): Share {
  let takers: Taker[] = []
  return {
    add(taker) {
      takers = [...takers, taker]
    },
    remove(taker) {
      takers = takers.filter((other) => other !== taker)
    },
    give(message, given) {
      if (takers.length < 2) return takers[0]?.(message, given) ?? null
      return takers[spread(message.topic.split('/', 3)[2] ?? '') % takers.length]?.(message, given) ?? null
    },
  }
}

/** FNV-1a, 32 bits: spreads ids that differ in their last letters. */
export function spread(text: string): number {
  let value = 0x811c9dc5
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193)
  return value >>> 0
}
