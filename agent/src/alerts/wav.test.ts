import assert from 'node:assert/strict'
import { test } from 'node:test'
import { drawWav } from './wav.ts'

const samplesOf = (wav: Buffer): number[] =>
  Array.from({ length: (wav.length - 44) / 2 }, (_, n) => wav.readInt16LE(44 + n * 2))

test('drawWav writes a header whose lengths fit the file', () => {
  const wav = drawWav([{ startS: 0, hz: 880, decayS: 0.1, level: 0.5 }], 0.25)
  assert.equal(wav.toString('latin1', 0, 4) + wav.toString('latin1', 8, 16), 'RIFFWAVEfmt ')
  assert.equal(wav.readUInt32LE(4), wav.length - 8)
  assert.equal(wav.readUInt32LE(40), wav.length - 44)
  assert.ok(Math.abs((wav.length - 44) / wav.readUInt32LE(28) - 0.25) < 0.001)
})

test('drawWav draws a tone of its pitch that begins in silence, fades and ends at rest', () => {
  const wav = drawWav([{ startS: 0.1, hz: 441, decayS: 0.1, level: 0.5 }], 0.6)
  const samples = samplesOf(wav)
  assert.ok(samples.slice(0, 2200).every((value) => value === 0))
  const crossings = samples.filter((value, n) => value > 0 && (samples[n - 1] ?? 0) <= 0).length
  assert.ok(Math.abs(crossings - 0.5 * 441) < 3, `${crossings}`)
  const loudest = (from: number, to: number) => Math.max(...samples.slice(from, to).map(Math.abs))
  assert.ok(loudest(2205, 4410) > 3 * loudest(6615, 8820))
  assert.ok(Math.abs(samples.at(-1)!) < 100)
})

test('drawWav never leaves the range, however much sounds together', () => {
  const loud = Array.from({ length: 4 }, () => ({ startS: 0, hz: 300, decayS: 1, level: 0.9 }))
  const samples = samplesOf(drawWav(loud, 0.1))
  assert.ok(samples.includes(32_767) && samples.every((value) => value >= -32_767))
})
