import assert from 'node:assert/strict'
import { test } from 'node:test'
import { nmeaChecksum } from './nmea.ts'
import { restamp, secondsOfSentence } from './restamp.ts'

const sentence = (body: string): string => `$${body}*${nmeaChecksum(body)}`
const rmc = sentence('GPRMC,235958.50,A,4807.038,N,01131.000,E,022.4,084.4,310712,003.1,W')

test('secondsOfSentence reads a date where there is one, and the time of day elsewhere', () => {
  assert.equal(secondsOfSentence(rmc), Date.UTC(2012, 6, 31, 23, 59, 58, 500) / 1000)
  assert.equal(secondsOfSentence('$GPGLL,4916.45,N,12311.12,W,225444,A,*1D'), 22 * 3600 + 54 * 60 + 44)
  assert.equal(secondsOfSentence('$GPVTG,054.7,T,034.4,M,005.5,N,010.2,K*48'), null)
  assert.equal(secondsOfSentence('$GPRMC,,V,,,,,,,,,,N*53'), null)
})

test('restamp moves time and date over midnight, keeps the fraction and mends the checksum', () => {
  assert.equal(restamp(rmc, 3), sentence('GPRMC,000001.50,A,4807.038,N,01131.000,E,022.4,084.4,010812,003.1,W'))
})

test('restamp leaves bad checksums, blank times and untimed sentences as they are, and drops ZDA', () => {
  const bad = `${rmc.slice(0, -2)}00`
  assert.equal(restamp(bad, 60), bad)
  const blank = sentence('GPGGA,,,,,,0,00,,,M,,M,,')
  assert.equal(restamp(blank, 60), blank)
  assert.equal(restamp('$GPVTG,054.7,T,034.4,M,005.5,N,010.2,K*48', 60), '$GPVTG,054.7,T,034.4,M,005.5,N,010.2,K*48')
  assert.equal(restamp(sentence('GPZDA,201530.00,04,07,2002,00,00'), 60), '')
  assert.equal(restamp('garbage', 60), 'garbage')
})
