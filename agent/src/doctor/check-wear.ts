import { existsSync, readFileSync, realpathSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Found } from './check.ts'

/** From here on a card should be replaced at the next service, per cent of its life. */
const wornPercent = 80

/**
 * What the disk of a folder says of its wear: eMMC chips tell how much of their life is used, in steps of a tenth
 * (JEDEC JESD84-B51, 7.4: DEVICE_LIFE_TIME_EST and PRE_EOL_INFO); SD cards do not.
 * @param sys where the kernel shows its devices
 */
export function checkWear(folder: string, bytesPerHour: number | null, sys = '/sys'): Found {
  const written = bytesPerHour === null ? '' : `; the agent writes ${(bytesPerHour / 1e6).toFixed(1)} MB an hour`
  const { dev } = statSync(folder)
  // How glibc packs a device number: 12 bits of the major and 8 of the minor in the low word.
  const [major, minor] = [(dev >>> 8) & 0xfff, (dev & 0xff) | ((dev >>> 12) & 0xfff00)]
  const link = join(sys, 'dev/block', `${major}:${minor}`)
  const disk = existsSync(link) ? diskOf(realpathSync(link)) : null
  if (disk === null)
    return { result: 'skipped', detail: `this disk does not tell (only eMMC does): replace SD cards by age${written}` }
  const text = (name: string): string => readFileSync(join(disk, name), 'utf8').trim()
  const used = Math.max(...text('life_time').split(/\s+/).map(Number)) * 10
  const endsSoon = existsSync(join(disk, 'pre_eol_info')) && Number(text('pre_eol_info')) > 1
  const life = used > 100 ? 'the life its maker gives it is over' : `at most ${used} % of its life is used`
  const told = `${life}${written}`
  if (endsSoon || used > 100) return { result: 'failed', detail: `${told}: replace it now, and copy device.json` }
  if (used >= wornPercent) return { result: 'warning', detail: `${told}: replace it at the next service` }
  return { result: 'ok', detail: told }
}

/** The folder of the disk that a partition lies on, where it tells of its life. */
function diskOf(partition: string): string | null {
  for (const block of [partition, dirname(partition)]) {
    const device = join(block, 'device')
    if (existsSync(join(device, 'life_time'))) return device
  }
  return null
}
