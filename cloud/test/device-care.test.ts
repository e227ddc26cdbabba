import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { DeviceReport, DeviceState } from '@fairmile/contract/device-messages.ts'
import type { DeviceCare, DeviceGap } from '@fairmile/contract/http/device-care.ts'
import type { Page } from '@fairmile/contract/http/page.ts'
import { streams } from '@fairmile/contract/topics.ts'
import { wireVersion } from '@fairmile/contract/wire.ts'
import { eq } from 'drizzle-orm'
import { deviceGaps } from '../src/db/schema/device-care.ts'
import { deadLetters } from '../src/db/schema/devices.ts'
import { createDeviceMail } from '../src/devices/mail.ts'
import { createLog } from '../src/log.ts'
import { addUser, caller, createTestApp } from './api-rig.ts'
import { addDevice } from './devices.ts'
import { engines } from './engines.ts'
import { startIngest } from './ingest-rig.ts'

const state: DeviceState = { online: true, at: 1, boot: 1, agentVersion: '0.2.0', wire: 2 }
const report: DeviceReport = {
  at: 5,
  agentVersion: '0.2.0',
  ok: false,
  findings: [{ name: 'gnss', result: 'failed', detail: 'nothing heard: check its cable' }],
  figures: { freeBytes: 12, clockSet: true },
}

for (const engine of engines()) {
  describe(`the care of devices on ${engine.name}`, async () => {
    const database = await engine.open()
    const { db } = database
    const sent: { topic: string; message: Record<string, unknown>; retain: boolean }[] = []
    const mail = createDeviceMail({
      db,
      publish: async (topic, payload, { retain }) =>
        void sent.push({ topic, message: JSON.parse(String(payload)) as Record<string, unknown>, retain }),
      log: createLog({ level: 'silent' }),
    })
    const { app, sessions } = createTestApp(db, { mail })
    const admin = caller(app, (await sessions.issue(await addUser(db, 'admin@example.org'))).token)
    let devices = 0
    const newDevice = () => addDevice(db, ++devices)
    const say = async (stream: 'state' | 'report', deviceId: string, ...words: object[]) => {
      const { ingest } = startIngest(database, { greet: mail.greet })
      for (const word of words)
        await ingest.take({ topic: streams[stream].topic(deviceId), payload: Buffer.from(JSON.stringify(word)) })
      await ingest.stop()
    }
    const careOf = async (deviceId: string) =>
      (await admin('GET', `/api/v1/devices/${deviceId}/care`)).body as DeviceCare

    it('shows the newest state and report of a device', async () => {
      const { id } = await newDevice()
      assert.deepEqual([(await careOf(id)).state, (await careOf(id)).report], [null, null])
      await say('state', id, state, { ...state, at: 2 })
      await say('report', id, report)
      const care = await careOf(id)
      assert.equal(care.state?.at, 2)
      assert.deepEqual({ ...care.report, receivedAt: undefined }, { ...report, receivedAt: undefined })
    })

    it('keeps a report that is too large, or none, as a dead letter', async () => {
      const { id } = await newDevice()
      const large = {
        ...report,
        findings: Array.from({ length: 40 }, () => ({ ...report.findings[0], detail: 'x'.repeat(499) })),
      }
      await say('report', id, large, { ok: true })
      assert.equal((await careOf(id)).report, null)
      const letters = await db.select().from(deadLetters).where(eq(deadLetters.deviceId, id))
      assert.deepEqual(
        letters.map(({ reason }) => reason),
        ['bad_message', 'bad_message'],
      )
    })

    it('greets a device that comes online with its settings and what the cloud reads, and not one that goes', async () => {
      const { id } = await newDevice()
      await admin('PATCH', `/api/v1/devices/${id}/settings`, { timeZone: 'Europe/Berlin' })
      const changed = await admin('PATCH', `/api/v1/devices/${id}/settings`, { logLevel: 'debug' })
      assert.deepEqual(changed.body, { version: 2 })
      sent.length = 0
      await say('state', id, { ...state, online: false })
      assert.deepEqual(sent, [])
      await say('state', id, state)
      const message = { version: 2, wire: wireVersion, timeZone: 'Europe/Berlin', logLevel: 'debug' }
      assert.deepEqual(sent, [{ topic: streams.config.topic(id), message, retain: true }])
    })

    it('sends a command again until the device has answered it', async () => {
      const { id } = await newDevice()
      const told = await admin('POST', `/api/v1/devices/${id}/commands`, { type: 'doctor' })
      assert.equal(told.status, 202)
      const command = { id: (told.body as { id: string }).id, type: 'doctor' }
      sent.length = 0
      await say('state', id, state)
      assert.deepEqual(sent.at(-1), { topic: streams.command.topic(id), message: command, retain: false })
      await say('state', id, { ...state, answers: [{ id: command.id, result: 'done', detail: '' }] })
      sent.length = 0
      await say('state', id, state)
      assert.equal(sent.length, 1)
      assert.deepEqual((await careOf(id)).commands[0]?.result, 'done')
    })

    it('does not take the answer of another device', async () => {
      const [one, two] = [await newDevice(), await newDevice()]
      const told = await admin('POST', `/api/v1/devices/${one.id}/commands`, {
        type: 'send_raw',
        from: '2026-06-01T12:00:00Z',
        to: '2026-06-01T12:01:00Z',
      })
      const { id } = told.body as { id: string }
      await say('state', two.id, { ...state, answers: [{ id, result: 'done', detail: '' }] })
      assert.equal((await careOf(one.id)).commands[0]?.result, null)
    })

    it('refuses settings, commands and devices that there are not', async () => {
      const { id } = await newDevice()
      assert.equal((await admin('PATCH', `/api/v1/devices/${id}/settings`, { volume: 11 })).status, 422)
      assert.equal((await admin('POST', `/api/v1/devices/${id}/commands`, { type: 'dance' })).status, 422)
      assert.equal((await admin('PATCH', '/api/v1/devices/DEV-NOBODY/settings', {})).status, 404)
      assert.equal((await admin('POST', '/api/v1/devices/DEV-NOBODY/commands', { type: 'doctor' })).status, 404)
      assert.equal((await admin('GET', '/api/v1/devices/DEV-NOBODY/care')).status, 404)
    })

    it('lists what a device has dropped in pages, the newest boot first', async () => {
      const { id } = await newDevice()
      const bootId = 4_503_599_627_370_000
      const row = {
        deviceId: id,
        lane: 'raw',
        hash: Buffer.alloc(32),
        previousHash: Buffer.alloc(32),
        endHash: Buffer.alloc(32),
      }
      const rest = { reason: 'ring' as const, dropped: 3, droppedAt: new Date(5), open: false }
      await db
        .insert(deviceGaps)
        .values(
          [bootId, bootId + 1].flatMap((boot) =>
            [1, 10].map((firstSeq) => ({ ...row, ...rest, bootId: boot, firstSeq, lastSeq: firstSeq + 4 })),
          ),
        )
      const pages: DeviceGap[] = []
      let cursor: string | null = ''
      while (cursor !== null) {
        const query: string = cursor === '' ? '?limit=1' : `?limit=1&cursor=${cursor}`
        const page = (await admin('GET', `/api/v1/devices/${id}/gaps${query}`)).body as Page<DeviceGap>
        pages.push(...page.items)
        cursor = page.nextCursor
      }
      assert.deepEqual(
        pages.map(({ boot, firstSeq }) => [boot - bootId, firstSeq]),
        [
          [1, 10],
          [1, 1],
          [0, 10],
          [0, 1],
        ],
      )
    })
  })
}
