import { setTimeout as sleep } from 'node:timers/promises'

/**
 * Seconds between tries to open something again, for ever: at once for a loose plug, then as rarely as lets a sensor
 * that is plugged in be back within five seconds. A try costs next to nothing where the device file is not there.
 */
const delaysS = [0.25, 0.5, 1, 2, 3] as const
/** After this long open it is well again, and the delays start anew. */
const wellAfterS = 1

/** Errors that no second try can mend: a setting is wrong. */
const isConfigError = (error: unknown): boolean => error instanceof TypeError || error instanceof RangeError

export interface KeepOpenOptions<T extends { close(): Promise<void> }> {
  /** What it is, for people: `GNSS receiver on /dev/ttyACM0`. */
  what: string
  open: () => Promise<T>
  /**
   * Uses what was opened until it ends, and says why it did, or null to open it again at once with nothing wrong; must return soon
   * after the signal aborts.
   */
  use: (opened: T, signal: AbortSignal) => Promise<string | null>
  /** Takes what is wrong now and what is done about it. */
  trouble: (message: string) => void
  signal: AbortSignal
  /** @default waits in real time */
  wait?: (seconds: number, signal: AbortSignal) => Promise<void>
}

const waitSeconds = async (seconds: number, signal: AbortSignal): Promise<void> => {
  try {
    await sleep(seconds * 1000, undefined, { signal })
  } catch {
    // Aborted: the caller looks at the signal.
  }
}

/**
 * Opens a device, uses it, and opens it again when it fails or ends, until the signal aborts.
 *
 * @throws TypeError or RangeError when a setting is wrong: retrying would hide it.
 */
export const keepOpen = async <T extends { close(): Promise<void> }>(options: KeepOpenOptions<T>): Promise<void> => {
  const { what, open, use, trouble, signal, wait = waitSeconds } = options
  let attempt = 0
  while (!signal.aborted) {
    let reason: string | null
    const startedMs = performance.now()
    try {
      const opened = await open()
      try {
        reason = await use(opened, signal)
      } finally {
        await opened.close().catch(() => {})
      }
    } catch (error) {
      if (isConfigError(error)) throw error
      reason = error instanceof Error ? error.message : String(error)
    }
    if (signal.aborted) return
    if (reason === null) continue
    if (performance.now() - startedMs > wellAfterS * 1000) attempt = 0
    const seconds = delaysS[Math.min(attempt++, delaysS.length - 1)] as number
    trouble(`${what}: ${reason}; trying again in ${seconds} s`)
    await wait(seconds, signal)
  }
}
