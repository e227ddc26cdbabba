import { readdirSync } from 'node:fs'
import { join } from 'node:path'

/** Where udev names serial ports by what is plugged in, the same after each start. */
const byId = '/dev/serial/by-id'

/** Makers and words in the names of USB receivers. Bare adapters (FTDI, CP2102, CH340) could be anything, so they are named by hand. */
const looksLikeReceiver =
  /u-?blox|gps|gnss|glonass|galileo|beidou|garmin|sirf|quectel|septentrio|trimble|skytraq|globalsat|holux/i

/**
 * Finds the serial port of a GNSS receiver by its name; of several the first.
 *
 * @throws Error that says what was seen instead
 */
export const findReceiver = (folder = byId): string => {
  const seen = list(folder)
  const found = seen.find((name) => looksLikeReceiver.test(name))
  if (found !== undefined) return join(folder, found)
  const instead = seen.length === 0 ? 'nothing' : seen.map((name) => `"${name}"`).join(', ')
  throw new Error(
    `looking for a GNSS receiver in ${folder}: ${instead} is there; plug it in, or name its port: FAIRMILE_GNSS=serial:PATH`,
  )
}

const list = (folder: string): string[] => {
  try {
    return readdirSync(folder).sort()
  } catch {
    return []
  }
}
