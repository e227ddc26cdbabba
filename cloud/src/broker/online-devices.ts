import type { Client } from 'aedes'
import { whenEnded } from '../when-ended.ts'

/** Which of these devices may not be here any more. */
export type RevokedAmong = (deviceIds: readonly string[]) => Promise<Iterable<string>>

/** The connections of devices at one broker. */
export interface OnlineDevices {
  /**
   * Counts a connection until it ends. Called before it is asked who it is: who is revoked between the answer and its first packet is
   * among those that are looked at.
   */
  add(client: Client): void
  /** Ends the connections of devices that were revoked; gives how many. */
  endRevoked(revokedAmong: RevokedAmong): Promise<number>
}

/** Nobody is connected yet. */
export function createOnlineDevices(): OnlineDevices {
  const online = new Set<Client>()
  return {
    add(client) {
      online.add(client)
      whenEnded(client.conn, () => online.delete(client))
    },
    async endRevoked(revokedAmong) {
      const ids = new Set([...online].map(({ id }) => id))
      if (ids.size === 0) return 0
      const revoked = new Set(await revokedAmong([...ids]))
      const ending = [...online].filter(({ id }) => revoked.has(id))
      for (const { conn } of ending) conn.destroy()
      return ending.length
    },
  }
}
