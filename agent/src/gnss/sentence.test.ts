import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sealed } from './example-receiver.ts'
import { createSentenceReader, type Sentence } from './sentence.ts'
import { createSentenceSplitter } from './split-sentences.ts'

const told = (body: string): Sentence | 'passed' | 'unsupported' => {
  const found: (Sentence | 'passed' | 'unsupported')[] = []
  const read = createSentenceReader()
  const split = createSentenceSplitter({
    good: (line, fields) => void found.push(read(line, fields)),
    badChecksum: () => assert.fail('bad checksum'),
    garbage: () => assert.fail('garbage'),
  })
  split(sealed(body))
  return found[0] ?? assert.fail(`nothing in ${body}`)
}
const parsed = (body: string): Sentence => {
  const sentence = told(body)
  return typeof sentence === 'object' ? sentence : assert.fail(`${body} gave ${sentence}`)
}

test('createSentenceReader reads an RMC', () => {
  const s = parsed('GPRMC,092751.123,A,5321.6802,N,00630.3371,W,10.0,31.66,280511,,,A')
  assert.equal(s.dateMs, Date.UTC(2011, 4, 28))
  assert.equal(s.timeMs, ((9 * 60 + 27) * 60 + 51) * 1000 + 123)
  assert.ok(Math.abs((s.lat as number) - 53.36133667) < 1e-7)
  assert.ok(Math.abs((s.lon as number) + 6.50561833) < 1e-7)
  assert.ok(Math.abs((s.speedMps as number) - 5.14444) < 1e-4)
  assert.equal(s.courseDeg, 31.66)
  assert.equal(s.valid, true)
})

test('createSentenceReader gives null for blanks, never zero or 1970', () => {
  const s = parsed('GNRMC,,V,,,,,,,,,,N')
  assert.deepEqual(
    [s.timeMs, s.dateMs, s.lat, s.lon, s.speedMps, s.courseDeg, s.valid],
    [null, null, null, null, null, null, false],
  )
  const g = parsed('GPGGA,142816.359,,,,,0,00,,,M,0.0,M,,0000')
  assert.deepEqual([g.lat, g.hdop, g.altM, g.valid], [null, null, null, false])
})

test('createSentenceReader passes over what says nothing of a fix, and knows no proprietary or other sentence', () => {
  assert.equal(told('GPGSV,1,1,02,05,67,289,40,13,55,071,41'), 'passed')
  assert.equal(told('GNGST,092751.00,3.2,6.6,4.7,47.3,5.8,5.6,22.0'), 'passed')
  for (const body of ['PGRME,5.5,M,7.0,M,8.9,M', 'SDDPT,4.1,0.0', 'GPRMC1,1', 'RMC,1', 'PUBX,00', ''])
    assert.equal(told(body), 'unsupported')
})

test('createSentenceReader takes any talker and sentences whose last fields are left away', () => {
  for (const talker of ['GP', 'GN', 'GL', 'GA', 'GB', 'BD', 'GQ', 'QZ', 'GI', 'IN']) {
    const s = parsed(`${talker}RMC,225446,A,4916.45,N,12311.12,W,000.5,054.7,191194`)
    assert.equal(s.dateMs, Date.UTC(1994, 10, 19))
    assert.ok((s.lon as number) < -123)
  }
  assert.ok(Math.abs((parsed('GPGLL,4916.45,N,12311.12,W,225444,A').lat as number) - 49.274167) < 1e-6)
})

test('createSentenceReader knows no position at 0°/0°, beyond the globe or without a hemisphere', () => {
  assert.equal(parsed('GPGLL,0000.0000,N,00000.0000,E,225444,A').lat, null)
  assert.equal(parsed('GPGLL,9960.0000,N,00000.0000,E,225444,A').lat, null)
  assert.equal(parsed('GPGLL,4916.45,,12311.12,W,225444,A').lat, null)
  assert.equal(parsed('GPGLL,4960.00,N,12311.12,W,225444,A').lat, null)
  assert.equal(parsed('GPGLL,4916.4x,N,12311.12,W,225444,A').lat, null)
})

test('createSentenceReader keeps a date that no calendar has as unknown', () => {
  assert.equal(parsed('GPRMC,000231.099,A,4829.0005,N,00022.0015,E,0.15,212.28,2208-1,,,A').dateMs, null)
  assert.equal(parsed('GPRMC,000231.099,A,4829.0005,N,00022.0015,E,0.15,212.28,310299,,,A').dateMs, null)
})

test('createSentenceReader says the same position again as often as it is told, and a new one at once', () => {
  const read = createSentenceReader()
  const found: (number | null)[] = []
  const split = createSentenceSplitter({
    good(line, fields) {
      const sentence = read(line, fields)
      if (typeof sentence === 'object') found.push(sentence.lat)
    },
    badChecksum() {},
    garbage() {},
  })
  for (const place of ['4916.45,N', '4916.45,N', '4916.45,S', '9916.45,S', '9916.45,S', '4916.45,S', ',', '4916,N'])
    split(sealed(`GPGLL,${place},12311.12,W,225444,A`))
  const lat = 49 + 16.45 / 60
  assert.deepEqual(found, [lat, lat, -lat, null, null, -lat, null, 49 + 16 / 60])
})

test('createSentenceReader knows no number that no receiver can mean, and passes on a speed as it is told', () => {
  const rmc = (knots: string, course: string) => parsed(`GPRMC,1,A,4916.45,N,12311.12,W,${knots},${course},191194`)
  assert.ok(Math.abs((rmc('777.5', '12').speedMps as number) - 400) < 0.1)
  for (const knots of ['-3', '1e9', 'NaN', 'Infinity', '9'.repeat(400), '0x10', '1.2.3', ' ', '--1'])
    assert.equal(rmc(knots, '0').speedMps, null, knots)
  for (const course of ['-1', '360.1', 'nan']) assert.equal(rmc('1', course).courseDeg, null, course)
  assert.equal(rmc('1', '360.0').courseDeg, 0)
  const gga = (hdop: string, altM: string) => parsed(`GPGGA,1,4916.45,N,12311.12,W,1,08,${hdop},${altM},M,,M,,`)
  for (const hdop of ['99.99', '99.0', '0', '-1']) assert.equal(gga(hdop, '1').hdop, null, hdop)
  assert.equal(gga('1', '999999999').altM, null)
  assert.equal(gga('1', '-12.5').altM, -12.5)
})
