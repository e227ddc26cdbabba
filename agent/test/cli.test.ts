import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import { generateKeyPair } from '@fairmile/contract/chain.ts'
import { saveIdentity } from '../src/keys/identity.ts'

const bin = fileURLToPath(new URL('../bin/fairmile-agent.mjs', import.meta.url))
/** Nothing listens there: the discard port. */
const nowhere = 'mqtt://127.0.0.1:9'

let folder: string
let children: ChildProcess[]
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fairmile-cli-'))
  children = []
})
afterEach(async () => {
  for (const child of children.filter(({ exitCode, signalCode }) => exitCode === null && signalCode === null)) {
    child.kill('SIGKILL')
    await once(child, 'close')
  }
  rmSync(folder, { recursive: true, force: true })
})

/** Starts the agent's program; `said` resolves with the first line on stderr that holds a text. */
function start(args: readonly string[], env: Record<string, string> = {}, node = process.execPath) {
  const { PATH = '' } = process.env
  const child = spawn(node, [bin, ...args], { env: { PATH, FAIRMILE_DATA: join(folder, 'data'), ...env } })
  children.push(child)
  const lines: string[] = []
  const waiting: { text: string; resolve: (line: string) => void }[] = []
  createInterface({ input: child.stderr }).on('line', (line) => {
    lines.push(line)
    for (const { text, resolve } of waiting) if (line.includes(text)) resolve(line)
  })
  let out = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text
  })
  const ended = once(child, 'close').then(([code]) => ({ code: code as number | null, out, err: lines.join('\n') }))
  const said = (text: string): Promise<string> =>
    Promise.race([
      new Promise<string>((resolve) => {
        const line = lines.find((known) => known.includes(text))
        if (line) resolve(line)
        else waiting.push({ text, resolve })
      }),
      ended.then(({ err }) => {
        throw new Error(`ended without saying "${text}":\n${err}`)
      }),
    ])
  return { child, ended, said }
}

/** A device that was claimed before. */
const claim = (): void =>
  saveIdentity(join(folder, 'data'), {
    ...generateKeyPair(),
    claimed: { deviceId: 'DEV-1', mqttPassword: 'secret', mqttUrl: nowhere },
  })

/** A recording of a drive at a steady 15 m/s, GNSS alone. */
const writeDrive = (seconds: number): string => {
  const drive = join(folder, 'drive')
  mkdirSync(drive)
  writeFileSync(join(drive, 'drive.json'), JSON.stringify({ id: 'steady', imu: null, gps: { rateHz: 1 } }))
  const rows = Array.from({ length: seconds }, (_, t) => `${t},${(49 + t * 0.000135).toFixed(7)},12,15,0,340,0.9`)
  writeFileSync(join(drive, 'gps.csv'), `t_s,lat_deg,lon_deg,speed_mps,course_deg,alt_m,hdop\n${rows.join('\n')}\n`)
  return drive
}

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
    const agent = start(['run'], { FAIRMILE_GNSS: `serial:${gone}`, FAIRMILE_IMU: `board:${gone}2` })
    await agent.said(`GNSS receiver on ${gone}`)
    await agent.said(`sensor board on ${gone}2`)
    agent.child.kill('SIGTERM')
    assert.equal((await agent.ended).code, 0)
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
    const agent = start(['run', '--record', copy, '--clock-rate', '100'], { FAIRMILE_RECORDING: writeDrive(60) })
    await agent.said('a trip ended')
    agent.child.kill('SIGTERM')
    await agent.ended
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

describe('fairmile-agent doctor', () => {
  it('says what fails and what to do, and ends with 1', async () => {
    claim()
    const { code, out } = await start(['doctor', '--json'], { FAIRMILE_GNSS: `serial:${join(folder, 'ttyGONE')}` })
      .ended
    assert.equal(code, 1)
    const { findings } = JSON.parse(out) as { findings: { name: string; result: string; detail: string }[] }
    const byName = Object.fromEntries(findings.map((finding) => [finding.name, finding]))
    assert.equal(byName.disk?.result, 'ok')
    assert.equal(byName.keys?.result, 'ok')
    assert.equal(byName.imu?.result, 'skipped')
    assert.equal(byName.cloud?.result, 'failed')
    assert.equal(byName.gnss?.result, 'failed')
    assert.match(byName.gnss?.detail ?? '', /ttyGONE/)
  })
})
