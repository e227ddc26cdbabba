import { execFile } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Sound } from './policy.ts'
import type { Sounder } from './sound-sink.ts'
import { drawWav } from './wav.ts'

const run = promisify(execFile)

/** A soft pair of bells; and three urgent strokes, told from it at once. */
const sounds: Record<Exclude<Sound, 'none'>, () => Buffer> = {
  chime: () =>
    drawWav(
      [
        { startS: 0, hz: 1318.5, decayS: 0.12, level: 0.35 },
        { startS: 0.14, hz: 1046.5, decayS: 0.2, level: 0.4 },
      ],
      0.7,
    ),
  alarm: () =>
    drawWav(
      [0, 0.25, 0.5].flatMap((startS) => [
        { startS, hz: 987.8, decayS: 0.1, level: 0.45 },
        { startS, hz: 1480, decayS: 0.08, level: 0.3 },
      ]),
      0.9,
    ),
}

export interface AplayOptions {
  /** The agent's data folder: the sounds are drawn into it. */
  folder: string
  /** @default aplay of alsa-utils */
  program?: string
}

/** Plays WAV files on the computer's sound card by `aplay`. */
export function createAplay({ folder, program = 'aplay' }: AplayOptions): Sounder {
  const sounding = join(folder, 'sounds')
  const paths = new Map<Sound, string>()
  const pathOf = (what: Exclude<Sound, 'none'>): string => {
    const known = paths.get(what)
    if (known) return known
    mkdirSync(sounding, { recursive: true })
    const path = join(sounding, `${what}.wav`)
    writeFileSync(path, sounds[what]())
    paths.set(what, path)
    return path
  }
  return {
    name: program,
    async sound(what, signal) {
      try {
        await run(program, ['-q', pathOf(what)], { signal, killSignal: 'SIGKILL' })
      } catch (error) {
        throw new Error(why(error, program), { cause: error })
      }
    },
  }
}

function why(error: unknown, program: string): string {
  const { code, stderr, message } = error as { code?: unknown; stderr?: string; message?: string }
  if (code === 'ENOENT') return `there is no "${program}": install alsa-utils, or leave "sound" out of FAIRMILE_ALERTS`
  const said = stderr?.trim().split('\n').at(-1)
  return said ? `${program} says "${said}": is a sound card connected?` : String(message)
}
