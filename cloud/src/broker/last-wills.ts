/** Last wills that wait for room: of each device the newest alone, so that who comes and goes all the time leaves no heap of them. */
export interface LastWills {
  /** Gives a will, and gives up the one of the same device that still waits; null where nobody takes it. */
  wait(deviceId: string, give: (signal: AbortSignal) => Promise<void> | null): Promise<void> | null
}

export function createLastWills(): LastWills {
  const waiting = new Map<string, AbortController>()
  return {
    wait(deviceId, give) {
      const mine = new AbortController()
      waiting.get(deviceId)?.abort()
      waiting.set(deviceId, mine)
      const over = () => {
        if (waiting.get(deviceId) === mine) waiting.delete(deviceId)
      }
      const given = give(mine.signal)
      if (given) given.then(over, over)
      else over()
      return given
    },
  }
}
