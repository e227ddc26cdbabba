import type { RawChunk } from '@fairmile/contract/raw-chunk.ts'
import { createLots } from '../../../scripts/chaos/lots.ts'

const samples = 2000

/** Ten seconds of a rough road at 200 Hz: noise, which no code makes small. */
export function roughChunk(at: number): RawChunk {
  const lots = createLots(at)
  const rough = (scale: number, mean = 0): number[] =>
    Array.from({ length: samples }, () => mean + (lots.next() - 0.5) * scale)
  return {
    at,
    imu: {
      offsetMs: Array.from({ length: samples }, (_, i) => i * 5),
      ax: rough(2),
      ay: rough(2),
      az: rough(4, 9.8),
      gx: rough(0.1),
      gy: rough(0.1),
      gz: rough(0.1),
    },
    fixes: { offsetMs: [0], lat: [49.01], lon: [12.1], altM: [340], speedMps: [14], courseDeg: [90], hdop: [0.9] },
  }
}
