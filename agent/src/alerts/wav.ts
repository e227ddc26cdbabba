/** Samples a second: enough for tones up to 4 kHz. */
const rateHz = 22_050

/** A tone that is struck and fades: a bell needs no more. */
export interface Tone {
  startS: number
  hz: number
  /** Time in which it falls to a third (1/e). */
  decayS: number
  /** Share of full scale; what sounds together must stay below 1. */
  level: number
}

/** Draws tones as a WAV file: RIFF, PCM, 16 bits, mono (Multimedia Programming Interface and Data Specifications 1.0). */
export function drawWav(tones: readonly Tone[], lengthS: number): Buffer {
  const count = Math.round(lengthS * rateHz)
  const bytes = Buffer.alloc(44 + count * 2)
  bytes.write('RIFF', 0, 'latin1')
  bytes.writeUInt32LE(36 + count * 2, 4)
  bytes.write('WAVEfmt ', 8, 'latin1')
  bytes.writeUInt32LE(16, 16)
  bytes.writeUInt16LE(1, 20)
  bytes.writeUInt16LE(1, 22)
  bytes.writeUInt32LE(rateHz, 24)
  bytes.writeUInt32LE(rateHz * 2, 28)
  bytes.writeUInt16LE(2, 32)
  bytes.writeUInt16LE(16, 34)
  bytes.write('data', 36, 'latin1')
  bytes.writeUInt32LE(count * 2, 40)
  for (let n = 0; n < count; n++) {
    let value = 0
    for (const tone of tones) value += valueAt(tone, n / rateHz)
    // A short fade at the end, so that cutting it off does not click.
    value *= Math.min(1, (count - n) / (0.02 * rateHz))
    bytes.writeInt16LE(Math.round(Math.max(-1, Math.min(1, value)) * 32_767), 44 + n * 2)
  }
  return bytes
}

/** Two milliseconds to swell, then an exponential fall. */
function valueAt({ startS, hz, decayS, level }: Tone, tS: number): number {
  const sinceS = tS - startS
  if (sinceS < 0) return 0
  return level * Math.min(1, sinceS / 0.002) * Math.exp(-sinceS / decayS) * Math.sin(2 * Math.PI * hz * sinceS)
}
