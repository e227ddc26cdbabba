/** A code is shown so long, milliseconds: time to find the phone and type six digits. */
const codeMs = 180_000
/** Wrong codes after which a code is void: with six digits, one in 200,000 is guessed. */
const maxWrong = 5
/** Wrong codes in an hour, of however many codes, after which none is shown for the rest of it. */
const maxWrongAnHour = 30
const hourMs = 3_600_000

export interface PairingOptions {
  /** A whole number from 0 up to, but not, its bound; unpredictable. */
  randomInt: (bound: number) => number
  /** Real milliseconds since some moment. */
  nowMs: () => number
}

/** Why a code did not pair. */
export type PairingResult = 'paired' | 'wrong' | 'none' | 'void'

/** The one code at a time that pairs a phone. */
export function createPairing({ randomInt, nowMs }: PairingOptions) {
  let open: { code: string; untilMs: number; wrong: number } | null = null
  let wrongSinceMs = Number.NEGATIVE_INFINITY
  let wrongs = 0

  const current = () => {
    if (open !== null && nowMs() >= open.untilMs) open = null
    return open
  }
  const isExhausted = (): boolean => {
    if (nowMs() - wrongSinceMs >= hourMs) wrongs = 0
    return wrongs >= maxWrongAnHour
  }

  return {
    /** Shows a new code; false where too many wrong ones were tried in this hour. */
    open(): boolean {
      if (isExhausted()) return false
      open = { code: String(randomInt(1_000_000)).padStart(6, '0'), untilMs: nowMs() + codeMs, wrong: 0 }
      return true
    },
    /** The code that is shown, and for how many more milliseconds. */
    shown(): { code: string; leftMs: number } | null {
      const now = current()
      return now === null ? null : { code: now.code, leftMs: now.untilMs - nowMs() }
    },
    /** Takes a code from a phone; a right one is used up. */
    take(code: string): PairingResult {
      const now = current()
      if (now === null) return 'none'
      if (code === now.code) {
        open = null
        return 'paired'
      }
      if (wrongs === 0) wrongSinceMs = nowMs()
      wrongs++
      if (++now.wrong < maxWrong) return 'wrong'
      open = null
      return 'void'
    },
    /** Shows no code any more. */
    close(): void {
      open = null
    },
  }
}

export type Pairing = ReturnType<typeof createPairing>
