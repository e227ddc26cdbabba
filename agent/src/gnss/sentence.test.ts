import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseSentence, type Sentence } from './sentence.ts'

/** The text after `$`, with its checksum. */
const sealed = (body: string): string => {
  let sum = 0
  for (const char of body) sum ^= char.charCodeAt(0)
  return `${body}*${sum.toString(16).padStart(2, '0').toUpperCase()}`
}
const parsed = (body: string): Sentence => {
  const sentence = parseSentence(sealed(body))
  assert.ok(typeof sentence === 'object', `${body} gave ${String(sentence)}`)
  return sentence
}

test('parseSentence reads an RMC', () => {
  const s = parsed('GPRMC,092751.123,A,5321.6802,N,00630.3371,W,10.0,31.66,280511,,,A')
  assert.equal(s.dateMs, Date.UTC(2011, 4, 28))
  assert.equal(s.timeMs, ((9 * 60 + 27) * 60 + 51) * 1000 + 123)
  assert.ok(Math.abs((s.lat as number) - 53.36133667) < 1e-7)
  assert.ok(Math.abs((s.lon as number) + 6.50561833) < 1e-7)
  assert.ok(Math.abs((s.speedMps as number) - 5.14444) < 1e-4)
  assert.equal(s.courseDeg, 31.66)
  assert.equal(s.valid, true)
})

test('parseSentence gives null for blanks, never zero or 1970', () => {
  const s = parsed('GNRMC,,V,,,,,,,,,,N')
  assert.deepEqual(
    [s.timeMs, s.dateMs, s.lat, s.lon, s.speedMps, s.courseDeg, s.valid],
    [null, null, null, null, null, null, false],
  )
  const g = parsed('GPGGA,142816.359,,,,,0,00,,,M,0.0,M,,0000')
  assert.deepEqual([g.lat, g.hdop, g.altM, g.valid], [null, null, null, false])
})

test('parseSentence refuses a bad checksum, a cut sentence and a proprietary one', () => {
  assert.equal(parseSentence('GPGLL,4916.45,N,12311.12,W,225444,A*32'), 'bad_checksum')
  assert.equal(parseSentence('GPGLL,4916.45,N,123'), 'garbage')
  assert.equal(parseSentence(sealed('PGRME,5.5,M,7.0,M,8.9,M')), 'unsupported')
  assert.equal(parseSentence(sealed('SDDPT,4.1,0.0')), 'unsupported')
})

test('parseSentence takes any talker and sentences whose last fields are left away', () => {
  for (const talker of ['GP', 'GN', 'GL', 'GA', 'GB', 'BD', 'GQ', 'IN']) {
    const s = parsed(`${talker}RMC,225446,A,4916.45,N,12311.12,W,000.5,054.7,191194`)
    assert.equal(s.dateMs, Date.UTC(1994, 10, 19))
    assert.ok((s.lon as number) < -123)
  }
  assert.ok(Math.abs((parsed('GPGLL,4916.45,N,12311.12,W,225444,A').lat as number) - 49.274167) < 1e-6)
})

test('parseSentence knows no position at 0°/0°, beyond the globe or without a hemisphere', () => {
  assert.equal(parsed('GPGLL,0000.0000,N,00000.0000,E,225444,A').lat, null)
  assert.equal(parsed('GPGLL,9960.0000,N,00000.0000,E,225444,A').lat, null)
  assert.equal(parsed('GPGLL,4916.45,,12311.12,W,225444,A').lat, null)
})

test('parseSentence keeps a date that no calendar has as unknown', () => {
  assert.equal(parsed('GPRMC,000231.099,A,4829.0005,N,00022.0015,E,0.15,212.28,2208-1,,,A').dateMs, null)
  assert.equal(parsed('GPRMC,000231.099,A,4829.0005,N,00022.0015,E,0.15,212.28,310299,,,A').dateMs, null)
})
