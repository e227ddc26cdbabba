import assert from 'node:assert/strict'
import { Readable } from 'node:stream'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Fix } from '../sensors.ts'
import { createNmeaDecoder } from './decoder.ts'
import { sealed } from './example-receiver.ts'
import { maxLineBytes } from './line-limit.ts'
import { readLines } from './read-lines.ts'

const rmc = (second: number, lat = '4807.0380') =>
  sealed(`GPRMC,1235${String(second).padStart(2, '0')},A,${lat},N,01131.000,E,010.0,084.4,230394,003.1,W`)
const gga = (second: number, lat = '4807.0380') =>
  sealed(`GPGGA,1235${String(second).padStart(2, '0')},${lat},N,01131.000,E,1,08,0.9,545.4,M,46.9,M,,`)
const vtg = sealed('GPVTG,054.7,T,034.4,M,010.5,N,019.4,K')

/** Decodes bytes that come in these chunks. */
const decode = async (chunks: Buffer[]) => {
  const drops = { overlongLines: 0, droppedBytes: 0 }
  const fixes: Fix[] = []
  const decoder = createNmeaDecoder((fix) => fixes.push(fix))
  for await (const line of readLines(Readable.from(chunks), drops) as AsyncIterable<string>) decoder.line(line, 0)
  decoder.end()
  return { fixes, counts: decoder.counts, drops }
}
const decodeText = (text: string) => decode([Buffer.from(text, 'latin1')])
const log = [rmc(19), gga(19), vtg, rmc(20, '4807.0400'), gga(20, '4807.0400'), vtg, ''].join('\r\n')

test('createNmeaDecoder joins the sentences of one time in any order', async () => {
  const orders = [
    [rmc(19), gga(19), vtg, rmc(20, '4807.0400'), gga(20, '4807.0400'), vtg],
    [gga(19), vtg, rmc(19), gga(20, '4807.0400'), vtg, rmc(20, '4807.0400')],
    [vtg, gga(19), rmc(19), vtg, gga(20, '4807.0400'), rmc(20, '4807.0400')],
  ]
  for (const order of orders) {
    const { fixes } = await decodeText(`${order.join('\n')}\n`)
    assert.equal(fixes.length, 2)
    assert.equal(fixes[0]?.utcMs, Date.UTC(1994, 2, 23, 12, 35, 19))
    assert.equal(fixes[1]?.altM, 545.4)
    assert.equal(fixes[1]?.mode, 3)
    assert.ok(Math.abs((fixes[1]?.lat as number) - 48.117333) < 1e-6)
  }
})

test('createNmeaDecoder gives the same fixes however the bytes are cut', async () => {
  const whole = (await decodeText(log)).fixes
  assert.equal(whole.length, 2)
  for (const size of [1, 2, 7, 64]) {
    const chunks: Buffer[] = []
    for (let i = 0; i < log.length; i += size) chunks.push(Buffer.from(log.slice(i, i + size), 'latin1'))
    assert.deepEqual((await decode(chunks)).fixes, whole)
  }
})

test('createNmeaDecoder reads sentences glued together and behind garbage', async () => {
  const { fixes } = await decodeText(`\x00\xff\xb5b garbage${rmc(19)}${gga(19)}\n`)
  assert.equal(fixes.length, 1)
  assert.equal(fixes[0]?.hdop, 0.9)
})

test('createNmeaDecoder gives no fix from a bad checksum and counts it', async () => {
  const { fixes, counts } = await decodeText(`${gga(19).replace('4807', '4808')}\n`)
  assert.equal(fixes.length, 0)
  assert.equal(counts.badChecksums, 1)
})

test('createNmeaDecoder finds sentences behind an endless line without keeping it', async () => {
  const endless = Buffer.alloc(200 * maxLineBytes, 0x41)
  const { fixes, drops } = await decode([endless, Buffer.from(`${rmc(19)}\n`)])
  assert.equal(fixes.length, 1)
  assert.equal(drops.overlongLines, 1)
  assert.ok(drops.droppedBytes >= 199 * maxLineBytes)
})

test('createNmeaDecoder carries a date on over midnight and knows none before the first', async () => {
  const at = (time: string) => sealed(`GPGGA,${time},4807.038,N,01131.000,E,1,08,0.9,545.4,M,46.9,M,,`)
  const { fixes } = await decodeText(
    [at('235956'), at('235957'), sealed('GPZDA,235958,23,03,2024,00,00'), at('235958'), at('000001'), ''].join('\n'),
  )
  assert.deepEqual(
    fixes.map((fix) => fix.utcMs),
    [null, Date.UTC(2024, 2, 23, 23, 59, 57), Date.UTC(2024, 2, 23, 23, 59, 58), Date.UTC(2024, 2, 24, 0, 0, 1)],
  )
})

test('createNmeaDecoder gives fixes from GLL alone', async () => {
  const { fixes } = await decodeText(`${sealed('GPGLL,4916.45,N,12311.12,W,225444,A')}\n`)
  assert.equal(fixes[0]?.mode, 2)
  assert.equal(fixes[0]?.utcMs, null)
})

test('createNmeaDecoder makes nothing impossible of sentences that are nonsense with a good checksum', () => {
  const nonsense = fc.constantFrom(
    '',
    '0',
    '-1',
    '1e9',
    '9'.repeat(330),
    '.',
    'NaN',
    '00.0000',
    '9999.99',
    '4807.038',
    '6',
  )
  const odd = fc.constantFrom(
    'N',
    'S',
    'E',
    'W',
    'A',
    'V',
    '235960',
    '000000.00',
    '310226',
    '230326',
    'x',
    '€',
    '18059.9',
  )
  const type = fc.constantFrom('RMC', 'GGA', 'GNS', 'GLL', 'VTG', 'GSA', 'ZDA', 'GSV', 'ABC')
  const sentence = fc
    .tuple(type, fc.array(fc.oneof(nonsense, odd), { maxLength: 20 }))
    .map(([name, fields]) => sealed([`GN${name}`, ...fields].join(',').replaceAll('€', '\xff')))
  const within = (value: number | null, low: number, high: number) => value === null || (value >= low && value <= high)
  fc.assert(
    fc.property(fc.array(sentence, { maxLength: 30 }), (lines) => {
      const decoder = createNmeaDecoder((fix) => {
        assert.ok(within(fix.lat, -90, 90) && within(fix.lon, -180, 180) && (fix.lat === null) === (fix.lon === null))
        assert.ok(within(fix.speedMps, 0, 5150) && within(fix.courseDeg, 0, 360) && within(fix.altM, -180_000, 180_000))
        assert.ok(within(fix.hdop, 0.01, 90) && within(fix.satellites, 0, 200) && [1, 2, 3].includes(fix.mode))
        assert.ok(within(fix.utcMs, Date.UTC(1973, 0), Date.UTC(9999, 11, 32)) && !(fix.lat === 0 && fix.lon === 0))
      })
      for (const line of lines) decoder.line(line, 0)
      decoder.end()
      assert.equal(decoder.counts.badChecksums, 0)
    }),
    { seed: 1, numRuns: 2000 },
  )
})
