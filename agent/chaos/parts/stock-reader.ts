import { parseUnsafeNmeaSentence } from 'nmea-simple'
import type { Fix } from '../../src/sensors.ts'

/** How NMEA is usually read: text until a line ends, each line to the parser, the checksum not looked at. */
export function createStockReader(onFix: (fix: Fix) => void, crashed: (error: unknown) => void) {
  let held = ''
  const line = (text: string): void => {
    const packet = parseUnsafeNmeaSentence(text)
    if (packet.sentenceId !== 'RMC') return
    onFix({
      tMs: 0,
      utcMs: null,
      lat: packet.latitude,
      lon: packet.longitude,
      altM: null,
      speedMps: packet.speedKnots * (1852 / 3600),
      courseDeg: packet.trackTrue,
      hdop: null,
      satellites: null,
      mode: 2,
    })
  }
  return {
    counts: {},
    async write(chunk: Buffer): Promise<void> {
      held += chunk.toString('latin1')
      const lines = held.split('\n')
      held = lines.pop()!
      for (const text of lines)
        try {
          line(text.trim())
        } catch (error) {
          crashed(error)
        }
    },
    heldBytes: () => held.length,
  }
}
