import assert from 'node:assert/strict'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, it } from 'node:test'
import type { DeviceReport } from '@fairmile/contract/device-messages.ts'
import { streams } from '@fairmile/contract/topics.ts'
import { wireVersion } from '@fairmile/contract/wire.ts'
import { freePort } from '../../scripts/free-port.ts'
import { checkCloud } from '../src/doctor/check-cloud.ts'
import { startMosquitto } from './mosquitto.ts'
import { createScratchAgent } from './scratch-agent.ts'

let agent: ReturnType<typeof createScratchAgent>
beforeEach(() => {
  agent = createScratchAgent()
})
afterEach(() => agent[Symbol.asyncDispose]())

const byName = ({ findings }: DeviceReport) => Object.fromEntries(findings.map((finding) => [finding.name, finding]))

describe('fairmile-agent doctor', () => {
  it('says what fails and what to do, and ends with 1', async () => {
    agent.claim()
    const gone = join(agent.folder, 'ttyGONE')
    const { code, out } = await agent.start(['doctor', '--json'], { FAIRMILE_GNSS: `serial:${gone}` }).ended
    assert.equal(code, 1)
    const report = JSON.parse(out) as DeviceReport
    assert.equal(report.ok, false)
    const { disk, keys, model, imu, map, cloud, gnss } = byName(report)
    assert.deepEqual(
      [disk, keys, model, imu, map, cloud, gnss].map((finding) => finding?.result),
      ['ok', 'ok', 'ok', 'skipped', 'skipped', 'failed', 'failed'],
    )
    assert.match(gnss?.detail ?? '', /ttyGONE/)
  })

  it('has a running agent examine itself: nothing is opened twice', async () => {
    agent.claim()
    const env = { FAIRMILE_SCREEN: String(await freePort()), FAIRMILE_RECORDING: agent.writeDrive(600) }
    const running = agent.start(['run'], env)
    await running.said('the in-car screen is here')
    const { out, err } = await agent.start(['doctor', '--json'], env).ended
    const { gnss, imu, cloud } = byName(JSON.parse(out || err) as DeviceReport)
    assert.match(gnss?.detail ?? '', /recording ".*drive": 3D fix.*[1-9]\d* fixes heard/)
    assert.match(imu?.detail ?? '', /has no IMU/)
    assert.match(cloud?.detail ?? '', /not connected to the broker/)
    running.child.kill('SIGTERM')
    assert.equal((await running.ended).code, 0)
  })

  it('says how to ask an agent that does not answer', async () => {
    agent.claim()
    const running = agent.start(['run'], { FAIRMILE_RECORDING: agent.writeDrive(600) })
    await running.said('"running"')
    const { code, err } = await agent.start(['doctor'], { FAIRMILE_SCREEN: String(await freePort()) }).ended
    assert.equal(code, 1)
    assert.match(err, /does not answer at FAIRMILE_SCREEN/)
  })
})

describe('the running agent', () => {
  it('tells the broker and the cloud what it found, there and back', async () => {
    await using broker = await startMosquitto(join(agent.folder, 'mosquitto'), { cloud: 'x', 'DEV-1': 'secret' })
    agent.claim(broker.url)
    const cloud = await broker.connect('cloud', 'x')
    await cloud.subscribeAsync(streams.report.topic('DEV-1'), { qos: 1 })
    const reported = new Promise<DeviceReport>((resolve) => {
      cloud.once('message', (_topic, payload) => resolve(JSON.parse(payload.toString()) as DeviceReport))
    })
    const env = { FAIRMILE_SCREEN: String(await freePort()), FAIRMILE_RECORDING: agent.writeDrive(600) }
    const running = agent.start(['run'], env)
    await running.said('connected to the broker')
    // A cloud that reads reports greets with the settings.
    const greeting = JSON.stringify({ version: 1, wire: wireVersion })
    await cloud.publishAsync(streams.config.topic('DEV-1'), greeting, { qos: 1, retain: true })
    const { out } = await agent.start(['doctor', '--json'], env).ended
    assert.deepEqual(await reported, JSON.parse(out))
    assert.match(byName(await reported).cloud?.detail ?? '', /connected, there and back in \d+ ms/)
    await cloud.endAsync()
    running.child.kill('SIGTERM')
    await running.ended
  })
})

describe('checkCloud', () => {
  it('connects as the device does, and says who refuses it or is not there', async () => {
    await using broker = await startMosquitto(join(agent.folder, 'mosquitto'), { 'DEV-1': 'secret' })
    const check = (password: string, url = broker.url) => {
      const credentials = { device: 'DEV-1', password, certificate: null, authority: null }
      return checkCloud({ claimed: { url, credentials }, cloudUrl: null })
    }
    const well = await check('secret')
    assert.equal(well.result, 'ok', well.detail)
    assert.match(well.detail, /connected in \d+ ms, there and back in \d+ ms/)
    assert.match((await check('wrong')).detail, /refuses this device's id and password.*FAIRMILE_CLAIM_CODE/)
    const gone = await check('secret', `mqtt://127.0.0.1:${await freePort()}`)
    assert.equal(gone.result, 'failed')
    assert.match(gone.detail, /ECONNREFUSED.*check the address/)
    assert.match((await checkCloud({ claimed: null, cloudUrl: null })).detail, /set FAIRMILE_CLOUD_URL/)
    const http = await checkCloud({ claimed: null, cloudUrl: broker.url.replace('mqtt:', 'http:') })
    assert.match(http.detail, /answers; the device is not claimed yet/)
  })
})
