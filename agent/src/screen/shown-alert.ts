import type { Alert } from '@fairmile/contract/records.ts'
import type { ScreenAlert } from '@fairmile/contract/screen.ts'

/** How long an alert stays, milliseconds: a glance or two; what needs an act stays until it can have been read. */
const showMs = { crash: 600_000, tamper: 60_000, other: 6000 } as const
/** Higher takes the place of lower at once, lower waits for nobody. */
const worth = { crash: 2, tamper: 1, other: 0 } as const

const classOf = ({ kind }: { kind: Alert['kind'] }): keyof typeof showMs =>
  kind === 'crash' || kind === 'tamper' ? kind : 'other'

/** Keeps the alert that is on the screen, by the monotonic clock. */
export function createShownAlert() {
  let shown: ScreenAlert | null = null
  let untilMs = 0
  const current = (nowMs: number): ScreenAlert | null => {
    if (nowMs >= untilMs) shown = null
    return shown
  }
  return {
    current,
    show({ eventId, kind, band, at, value }: Alert, nowMs: number): void {
      const before = current(nowMs)
      if (before !== null && worth[classOf(before)] > worth[classOf({ kind })]) return
      shown = { eventId, kind, band, at, value }
      untilMs = nowMs + showMs[classOf({ kind })]
    },
  }
}
