import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { createScratchAgent } from './scratch-agent.ts'

let agent: ReturnType<typeof createScratchAgent>
let folder: string
beforeEach(() => {
  agent = createScratchAgent()
  folder = agent.folder
})
afterEach(() => agent[Symbol.asyncDispose]())

const start = (...args: Parameters<typeof agent.start>) => agent.start(...args)
const claim = () => agent.claim()
const writeDrive = (seconds: number) => agent.writeDrive(seconds)

interface Status {
  boot: number
  boots: number
  lanes: Record<string, { lastSeq: number; acked: number; waiting: number; stored: number }>
}
const status = async (): Promise<Status> => JSON.parse((await start(['status', '--json']).ended).out) as Status

describe('fairmile-agent run', () => {
  it('lists every problem of its settings and ends with 2', async () => {
    const { code, err } = await start(['run'], { FAIRMILE_GNSS: 'gps', FAIRMILE_IMU: 'imu', MQTT_URL: 'here' }).ended
    assert.equal(code, 2)
    for (const text of ['FAIRMILE_GNSS is "gps"', 'FAIRMILE_IMU is "imu"', 'MQTT_URL is "here"'])
      assert.ok(err.includes(text), err)
  })

  it('makes its keys for its owner alone, and says how to be claimed', async () => {
    const { code, err } = await start(['run']).ended
    assert.equal(code, 4)
    assert.match(err, /FAIRMILE_CLOUD_URL and FAIRMILE_CLAIM_CODE/)
    assert.equal(statSync(join(folder, 'data/device.json')).mode & 0o777, 0o600)
  })

  it('goes on without an IMU and says what that means, and refuses a second agent on its data', async () => {
    claim()
    const first = start(['run'], { FAIRMILE_RECORDING: writeDrive(600), FAIRMILE_LOG_LEVEL: 'debug' })
    await first.said('no IMU')
    await first.said('"committed"')
    const second = await start(['run']).ended
    assert.equal(second.code, 3)
    assert.match(second.err, new RegExp(`another agent \\(process ${first.child.pid}\\) holds`))
    first.child.kill('SIGTERM')
    assert.equal((await first.ended).code, 0)
  })

  it('goes on where ports are missing and says which', async () => {
    claim()
    const gone = join(folder, 'ttyGONE')
    const running = start(['run'], { FAIRMILE_GNSS: `serial:${gone}`, FAIRMILE_IMU: `board:${gone}2` })
    await running.said(`GNSS receiver on ${gone}`)
    await running.said(`sensor board on ${gone}2`)
    running.child.kill('SIGTERM')
    assert.equal((await running.ended).code, 0)
  })

  it('loses no committed record to kill -9, and ends a trip with what is known at SIGTERM', async () => {
    claim()
    const env = { FAIRMILE_RECORDING: writeDrive(600), FAIRMILE_LOG_LEVEL: 'debug' }
    const killed = start(['run', '--clock-rate', '50'], env)
    await killed.said('a trip began')
    const line = await killed.said('"lane":"telematics"')
    killed.child.kill('SIGKILL')
    await killed.ended
    const { boot, lastSeq } = JSON.parse(line) as { boot: number; lastSeq: number }
    const after = await status()
    assert.equal(after.boot, boot)
    assert.ok((after.lanes.telematics?.stored ?? 0) >= lastSeq)

    const next = start(['run', '--clock-rate', '50'], env)
    await next.said('a trip began')
    next.child.kill('SIGTERM')
    const { code, err } = await next.ended
    assert.equal(code, 0)
    assert.match(err, /"reason":"shutdown".*"msg":"a trip ended"/)
    const last = await status()
    assert.equal(last.boots, 2)
    assert.equal(last.lanes.telematics?.waiting, last.lanes.telematics?.stored)
  })

  it('records what it senses as a recording', async () => {
    claim()
    const copy = join(folder, 'copy')
    const running = start(['run', '--record', copy, '--clock-rate', '100'], { FAIRMILE_RECORDING: writeDrive(60) })
    await running.said('a trip ended')
    running.child.kill('SIGTERM')
    await running.ended
    assert.equal(readFileSync(join(copy, 'gps.csv'), 'utf8').trimEnd().split('\n').length, 61)
  })

  const oldNode = ['/usr/bin/node', '/usr/local/bin/node'].find((path) => existsSync(path))
  it('says which Node it needs', {
    skip: oldNode === undefined && 'no other Node on this machine',
  }, async (context) => {
    const version = spawn(oldNode!, ['--version'])
    const [text] = (await once(version.stdout, 'data')) as [Buffer]
    if (Number(/^v(\d+)/.exec(text.toString())?.[1]) >= 24) return context.skip(`${oldNode} is new enough`)
    const { code, err } = await start(['run'], {}, oldNode).ended
    assert.equal(code, 1)
    assert.match(err, /needs Node 24/)
  })
})
