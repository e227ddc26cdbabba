import type { After } from '../clock.ts'
import type { Log } from '../log.ts'
import type { AlertSink, Sound } from './policy.ts'

/** A device that makes itself heard; resolves when it has, and gives up when the signal aborts. */
export interface Sounder {
  readonly name: string
  sound(what: Exclude<Sound, 'none'>, signal: AbortSignal): Promise<void>
}

/** The longest sound lasts a second; what takes longer hangs. Milliseconds. */
const patienceMs = 3000

/** What a sounder has done so far. */
export interface SounderCounts {
  sounded: number
  /** Sounds that failed or took too long. */
  failed: number
  /** Sounds dropped because the one before was still on: a late chime is worse than none. */
  dropped: number
}

export interface SoundSinkOptions {
  sounder: Sounder
  after: After
  log: Log
}

/**
 * Lets a device be heard without ever waiting for it: one sound at a time, cut off when it hangs. That it fails is said once,
 * and again only after it has been well.
 */
export function createSoundSink({ sounder, after, log }: SoundSinkOptions): AlertSink & { counts: SounderCounts } {
  const counts: SounderCounts = { sounded: 0, failed: 0, dropped: 0 }
  let busy = false
  let ill = false

  const play = async (what: Exclude<Sound, 'none'>): Promise<void> => {
    busy = true
    const stop = new AbortController()
    const late = Promise.withResolvers<never>()
    const cancel = after(patienceMs, () => {
      stop.abort()
      late.reject(new Error(`it took longer than ${patienceMs / 1000} s`))
    })
    try {
      await Promise.race([sounder.sound(what, stop.signal), late.promise])
      counts.sounded++
      ill = false
    } catch (error) {
      counts.failed++
      const reason = error instanceof Error ? error.message : String(error)
      if (!ill) log.warn({ sounder: sounder.name, reason }, 'an alert could not be heard; it is shown all the same')
      ill = true
    } finally {
      cancel()
      busy = false
    }
  }

  const sink: AlertSink = (_alert, sound) => {
    if (sound === 'none') return
    if (busy) counts.dropped++
    else void play(sound)
  }
  return Object.assign(sink, { counts })
}
