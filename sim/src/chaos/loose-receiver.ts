import { renameSync, rmSync, symlinkSync } from 'node:fs'
import { nmeaSentences } from '../doors/nmea.ts'
import type { Random } from '../random.ts'
import { openVirtualSerial, type VirtualSerial } from '../virtual-serial/virtual-serial.ts'

/** Epochs a second, as receivers for cars are set up. */
const rateHz = 5

/** A receiver on a path like /dev/serial/by-id's: the link goes and comes with the plug, to another terminal each time. */
export interface LooseReceiver {
  plugIn(): void
  /** Pulls the plug within a sentence. */
  pull(): void
}

/** @param options `link` the path that the agent opens */
export function createLooseReceiver({ link, random }: { link: string; random: Random }): LooseReceiver {
  let line: VirtualSerial | null = null
  let timer: NodeJS.Timeout | undefined
  const epoch = (): string =>
    nmeaSentences({
      utcMs: Date.now(),
      lat: 48.1 + random.range(0, 1e-4),
      lon: 11.5,
      altM: 500,
      speedMps: 0,
      courseDeg: 90,
      hdop: 0.9,
      satellites: 9,
    })
  return {
    plugIn() {
      const opened = openVirtualSerial()
      line = opened
      symlinkSync(opened.path, `${link}.new`)
      renameSync(`${link}.new`, link)
      timer = setInterval(() => opened.write(epoch()), 1000 / rateHz)
    },
    pull() {
      clearInterval(timer)
      const text = epoch()
      line?.write(text.slice(0, 1 + Math.floor(random.range(0, text.length - 3))))
      line?.close()
      line = null
      rmSync(link, { force: true })
    },
  }
}
