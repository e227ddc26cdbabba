import assert from 'node:assert/strict'
import { resolve } from 'node:path'
import { describe, it } from 'node:test'
import { readConfig } from './config.ts'
import { UsageError } from './errors.ts'

describe('readConfig', () => {
  it('has a default for everything that a first start needs', () => {
    const config = readConfig({})
    assert.equal(config.port, 8000)
    assert.equal(config.host, '127.0.0.1')
    assert.equal(config.mqttPort, 1883)
    assert.equal(config.dataDir, resolve('data/cloud'))
    assert.equal(config.secretFile, resolve('data/cloud/session.key'))
    assert.equal(config.admin, null)
    assert.equal(config.databaseUrl, undefined)
  })

  it('is every role unless told which', () => {
    assert.deepEqual([...readConfig({}).roles], ['api', 'ingest', 'worker', 'broker'])
    const addresses = { DATABASE_URL: 'postgres://db/fairmile', REDIS_URL: 'redis://cache', MQTT_URL: 'mqtt://broker' }
    assert.deepEqual([...readConfig({ FAIRMILE_ROLES: 'worker, api', ...addresses }).roles], ['worker', 'api'])
  })

  it('wants what processes meet in where they share the roles', () => {
    assert.throws(() => readConfig({ FAIRMILE_ROLES: 'ingest' }), /DATABASE_URL.*REDIS_URL.*MQTT_URL/s)
    assert.throws(() => readConfig({ FAIRMILE_ROLES: 'ingest,sales' }), /must be some of api, ingest, worker, broker/)
  })

  it('takes an empty variable as not given', () => {
    assert.equal(readConfig({ PORT: '', DATABASE_URL: '' }).port, 8000)
  })

  it('lists every problem at once', () => {
    const bad = {
      PORT: '70000',
      MQTT_PORT: 'mqtt',
      FAIRMILE_ROLES: 'everything',
      FAIRMILE_PROXIES: 'one',
      DATABASE_URL: 'mysql://localhost/x',
      MQTT_URL: 'localhost:1883',
      REDIS_URL: 'nowhere',
      FAIRMILE_RETENTION: 'raw_chunks=never',
      FAIRMILE_LOG_LEVEL: 'loud',
      FAIRMILE_ADMIN_EMAIL: 'admin@fairmile.example',
    }
    assert.throws(
      () => readConfig(bad),
      (error) => {
        assert.ok(error instanceof UsageError)
        for (const name of Object.keys(bad)) assert.match(error.message, new RegExp(`- ${name} `))
        return true
      },
    )
  })
})
