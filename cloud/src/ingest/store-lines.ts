import { spread } from '../broker/share.ts'
import { heldBytes } from './held-bytes.ts'
import type { Judged } from './judge.ts'
import { createStoreLine, type StoreLineOptions } from './store-line.ts'

/** Groups that are stored side by side: while one waits for its commit, the database works on the other. */
const maxLines = 2

/** The lines that judged messages are stored in, a device's always in the same. */
export interface StoreLines {
  /** Gives messages to their lines, in their order; ends when all have their place. */
  file(judged: readonly Judged[]): Promise<void>
  /** Stores what is in line until it is closed and empty. */
  run(): Promise<void>
  close(): void
}

export function createStoreLines(options: StoreLineOptions): StoreLines {
  const { database, counters } = options
  // The embedded database has one session: a second line would only wait for it.
  const lines = Array.from({ length: database.kind === 'postgres' ? maxLines : 1 }, () => createStoreLine(options))
  return {
    async file(judged) {
      counters.heldBytes.inc(judged.reduce((sum, message) => sum + heldBytes(message), 0))
      for (const message of judged) {
        const placed = lines[lineOf(message, lines.length)]!.push(message)
        counters.heldBytes.dec(heldBytes(message)) // the line counts it from now on
        await placed
      }
    },
    run: async () => void (await Promise.all(lines.map((line) => line.run()))),
    close() {
      for (const line of lines) line.close()
    },
  }
}

/** The line of a message: the same for all of a device. */
function lineOf(message: Judged, lines: number): number {
  const device = message.kind === 'accepted' ? message.device.id : (message.deviceId ?? '')
  return lines === 1 ? 0 : spread(device) % lines
}
