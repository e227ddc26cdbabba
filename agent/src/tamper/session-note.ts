import type { TamperReason, TamperThreshold } from '@fairmile/models/events/tamper.ts'
import { z } from 'zod'

const schema = z.object({
  /** The kernel's own id of its boot: the same while the computer has power. */
  kernelBoot: z.string(),
  ignition: z.boolean().nullable(),
  batteryMv: z.number().nullable(),
  moving: z.boolean(),
  /** UTC epoch milliseconds when it was last written. */
  at: z.number(),
  /** The agent ended by itself. */
  ended: z.boolean(),
})

/** How the agent last knew the car, for the next boot. */
export type SessionNote = z.infer<typeof schema>

/** Reads what the last boot noted; null where there is nothing. */
export function readSessionNote(text: string | null): SessionNote | null {
  try {
    return schema.parse(JSON.parse(text ?? ''))
  } catch {
    return null
  }
}

/**
 * Why the last boot ended, where somebody may have pulled the power: it ended of itself, with the computer, while the ignition
 * was on and the battery well. A battery that was low, or unknown, is a reason of its own.
 */
export function powerCutOf(last: SessionNote | null, kernelBoot: string, rules: TamperThreshold): TamperReason | null {
  if (last === null || last.ended || last.kernelBoot === kernelBoot) return null
  const hadPower = last.ignition === true && (last.batteryMv ?? 0) >= rules.minBatteryMv
  if (!hadPower) return null
  return last.moving ? 'power_pulled' : 'power_pulled_standing'
}

export interface SessionOptions {
  kernelBoot: string
  rules: TamperThreshold
  /** UTC epoch milliseconds. */
  wallMs: () => number
  remember: (text: string) => void
}

/** Notes what the next boot must know of this one; writes only when it changes. */
export const createSession = ({ kernelBoot, rules, wallMs, remember }: SessionOptions) => {
  let ignition: boolean | null = null
  let batteryMv: number | null = null
  let moving = false
  let written = ''

  const write = (ended = false): void => {
    // The battery's voltage is never the same twice: only whether it is well makes news.
    const state = JSON.stringify([ignition, (batteryMv ?? 0) >= rules.minBatteryMv, moving, ended])
    if (state === written) return
    written = state
    remember(JSON.stringify({ kernelBoot, ignition, batteryMv, moving, at: wallMs(), ended } satisfies SessionNote))
  }

  return {
    board(state: { ignition: boolean | null; batteryMv: number | null }): void {
      ignition = state.ignition
      batteryMv = state.batteryMv
      write()
    },
    motion(isMoving: boolean): void {
      if (isMoving === moving) return
      moving = isMoving
      write()
    },
    /** The agent ends by itself. */
    end(): void {
      write(true)
    },
  }
}
