import assert from 'node:assert/strict'
import { test } from 'node:test'
import { nmeaChecksum, nmeaSentences } from './nmea.ts'

const utcMs = Date.UTC(2026, 10, 23, 7, 5, 9, 40)
const known = {
  utcMs,
  lat: -33.5,
  lon: -70.25,
  altM: 520.44,
  speedMps: 10,
  courseDeg: 359.999,
  hdop: 0.9,
  satellites: 9,
}

test('nmeaChecksum agrees with a receiver in the field', () => {
  assert.equal(nmeaChecksum('GPGGA,123519,4807.038,N,01131.000,E,1,08,0.9,545.4,M,46.9,M,,'), '47')
})

test('nmeaSentences spells RMC, GGA and GSA with hemispheres, knots and UTC', () => {
  const [rmc, gga, gsa] = nmeaSentences(known).split('\r\n')
  assert.match(rmc!, /^\$GNRMC,070509\.040,A,3330\.000000,S,07015\.000000,W,19\.438,360\.00,231126,,,A\*[0-9A-F]{2}$/)
  assert.match(gga!, /^\$GNGGA,070509\.040,3330\.000000,S,07015\.000000,W,1,09,0\.90,520\.4,M,,M,,\*[0-9A-F]{2}$/)
  assert.match(gsa!, /^\$GNGSA,A,3,,,,,,,,,,,,,,0\.90,\*[0-9A-F]{2}$/)
})

test('nmeaSentences leaves unknown fields blank and marks the fix void', () => {
  const nothing = {
    utcMs,
    lat: null,
    lon: null,
    altM: null,
    speedMps: null,
    courseDeg: null,
    hdop: null,
    satellites: null,
  }
  const [rmc, gga] = nmeaSentences(nothing).split('\r\n')
  assert.match(rmc!, /^\$GNRMC,070509\.040,V,,,,,,,231126,,,N\*/)
  assert.match(gga!, /^\$GNGGA,070509\.040,,,,,0,00,,,M,,M,,\*/)
})

test('nmeaSentences carries minutes that round up into the next degree', () => {
  assert.match(nmeaSentences({ ...known, lat: 48.999_999_999_9 }), /,4900\.000000,N,/)
})
