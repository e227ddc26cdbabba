import { accessSync, constants, existsSync, readFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import type { Found } from './check.ts'

export interface SoundParts {
  /** Folders of programs, as PATH has them. */
  path: string
  /** Where the kernel lists its sound cards. @default /proc/asound/cards */
  cards?: string
}

const canRun = (file: string): boolean => {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** Can an alert be heard through a sound card? */
export function checkSound({ path, cards = '/proc/asound/cards' }: SoundParts): Found {
  if (!path.split(delimiter).some((folder) => canRun(join(folder, 'aplay'))))
    return {
      result: 'warning',
      detail: 'there is no aplay: install alsa-utils, or leave "sound" out of FAIRMILE_ALERTS',
    }
  const card = existsSync(cards) ? /^\s*\d+ \[[^\]]*\]: (.+)$/m.exec(readFileSync(cards, 'utf8'))?.[1] : undefined
  if (card === undefined)
    return { result: 'warning', detail: 'there is no sound card: connect one, or leave "sound" out of FAIRMILE_ALERTS' }
  return { result: 'ok', detail: `aplay on ${card}` }
}
