import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { readConfig } from './config.ts'

describe('readConfig', () => {
  it('needs nothing', () => {
    const config = readConfig({})
    assert.equal(config.dataFolder, './data/agent')
    assert.equal(config.gnss, null)
    assert.equal(config.map, null)
    assert.equal(config.timeZone, 'UTC')
    assert.equal(config.logLevel, 'info')
  })

  it('reads ports, buses and addresses', () => {
    const free = { baud: null, ubloxHz: null }
    assert.deepEqual(readConfig({ FAIRMILE_GNSS: 'serial:/dev/serial0' }).gnss, { path: '/dev/serial0', ...free })
    assert.deepEqual(readConfig({ FAIRMILE_GNSS: 'serial:auto' }).gnss, { path: 'auto', ...free })
    assert.deepEqual(readConfig({ FAIRMILE_GNSS: 'serial:/dev/ttyUSB0@115200' }).gnss?.baud, 115_200)
    assert.deepEqual(readConfig({ FAIRMILE_IMU: 'board:/dev/ttyACM0' }).imu, { kind: 'board', path: '/dev/ttyACM0' })
    assert.deepEqual(readConfig({ FAIRMILE_IMU: 'i2c:1' }).imu, { kind: 'i2c', bus: 1, address: null })
    assert.deepEqual(readConfig({ FAIRMILE_IMU: 'i2c:1:0x69' }).imu, { kind: 'i2c', bus: 1, address: 0x69 })
    assert.deepEqual(readConfig({ FAIRMILE_GNSS: 'none', FAIRMILE_IMU: '' }).imu, null)
  })

  it('reads what a receiver is set up for', () => {
    const at = (FAIRMILE_GNSS_SETUP: string) =>
      readConfig({ FAIRMILE_GNSS: 'serial:auto', FAIRMILE_GNSS_SETUP }).gnss?.ubloxHz
    assert.deepEqual([at('ublox:1'), at('ublox:10'), at('none')], [1, 10, null])
    for (const wrong of ['ublox:0', 'ublox:11', 'ublox', 'mtk:5', '5'])
      assert.throws(() => at(wrong), /expected ublox:RATE_HZ/)
  })

  it('reads how the driver is told, everything by default', () => {
    assert.deepEqual(readConfig({}).alerts, ['screen', 'sound', 'buzzer', 'bell'])
    assert.deepEqual(readConfig({ FAIRMILE_ALERTS: ' bell, screen' }).alerts, ['screen', 'bell'])
    assert.deepEqual(readConfig({ FAIRMILE_ALERTS: 'none' }).alerts, [])
    assert.throws(
      () => readConfig({ FAIRMILE_ALERTS: 'bell,light' }),
      /FAIRMILE_ALERTS is "bell,light", expected some of/,
    )
  })

  it('reads where the in-car screen is served, on this computer alone by default', () => {
    const at = (FAIRMILE_SCREEN: string) => readConfig({ FAIRMILE_SCREEN }).screen
    assert.deepEqual(readConfig({}).screen, { host: '127.0.0.1', port: 8010 })
    assert.deepEqual(at('9000'), { host: '127.0.0.1', port: 9000 })
    assert.deepEqual(at('0.0.0.0:80'), { host: '0.0.0.0', port: 80 })
    assert.deepEqual(at('[::]:80'), { host: '::', port: 80 })
    assert.equal(at('off'), null)
    for (const wrong of ['on', 'host', ':80', '1.2.3.4:99999', '::1'])
      assert.throws(() => at(wrong), new RegExp(`FAIRMILE_SCREEN is "${wrong}", expected off, PORT or HOST:PORT`))
  })

  it('lists every problem at once, with the value and what is expected', () => {
    const env = {
      FAIRMILE_GNSS: '/dev/serial0',
      FAIRMILE_GNSS_SETUP: 'ublox:20',
      FAIRMILE_IMU: 'spi:1',
      FAIRMILE_CLOUD_URL: 'cloud',
      MQTT_URL: 'http://x',
      FAIRMILE_TIME_ZONE: 'Mars/Olympus',
      FAIRMILE_LOG_LEVEL: 'loud',
    }
    assert.throws(
      () => readConfig(env),
      (error: Error) => Object.entries(env).every(([name, value]) => error.message.includes(`${name} is "${value}"`)),
    )
  })

  it('refuses a recording beside sensors', () => {
    assert.throws(() => readConfig({ FAIRMILE_RECORDING: 'drive', FAIRMILE_IMU: 'i2c:1' }), /not both/)
  })
})
