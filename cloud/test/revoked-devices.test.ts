import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import { generateKeyPair, privateKeyPem } from '@fairmile/contract/chain.ts'
import { logTopic } from '@fairmile/contract/topics.ts'
import { connect, type IClientOptions, type MqttClient } from 'mqtt'
import { Registry } from 'prom-client'
import { certifyServer, makeAuthority } from '../src/broker/certificates.ts'
import { createBrokerCounters } from '../src/broker/counters.ts'
import { createEmbeddedBroker } from '../src/broker/embedded.ts'

import { authenticateDevice, claimDevice, type DeviceProof } from '../src/devices/claim-device.ts'
import { createDevice } from '../src/devices/create-device.ts'
import { revokeDevice, revokedAmong } from '../src/devices/revoke-device.ts'
import { watchRevocations } from '../src/devices/watch-revocations.ts'
import { createLog } from '../src/log.ts'
import { addDevice } from './devices.ts'
import { engines } from './engines.ts'

const authority = await makeAuthority()

/** Called before the databases are closed. */
const stops: (() => Promise<void>)[] = []
after(async () => {
  for (const stop of stops) await stop()
})

for (const engine of engines()) {
  describe(`a revoked device at the embedded broker on ${engine.name}`, async () => {
    const database = await engine.open()
    const { db } = database
    const { vehicleId } = await addDevice(db)
    const log = createLog({ level: 'silent' })
    /** What a device waits for between the answer of the database and its log-in; nothing, but where a test says so. */
    const held = { after: async () => {} }
    const broker = createEmbeddedBroker({
      ...{ host: '127.0.0.1', port: null, cloudPassword: null, counters: createBrokerCounters(new Registry()), log },
      tls: { identity: await certifyServer(authority, ['127.0.0.1']), authority: authority.certificate, port: 0 },
      authenticate: async (id: string, proof: DeviceProof) => {
        const known = await authenticateDevice(db, id, proof)
        await held.after()
        return known
      },
    })
    broker.onMessage(async () => {})
    /** Looks that fail before they get to the broker. */
    let failing = 0
    const endRevoked: typeof broker.endRevoked = async (among) => {
      if (failing > 0) throw new Error(`the database is away, ${failing--} more times`)
      return broker.endRevoked(among)
    }
    stops.push(await watchRevocations({ database, broker: { endRevoked }, log }))
    const url = await broker.start()
    after(() => broker.close())

    const claim = async () => {
      const created = (await createDevice(db, { vehicleId })) ?? assert.fail()
      const keys = generateKeyPair()
      const ask = { claimCode: created.claimCode, publicKey: keys.publicKey }
      const claimed = (await claimDevice(db, ask, { authority })) ?? assert.fail()
      return { ...claimed, keys }
    }
    type Claimed = Awaited<ReturnType<typeof claim>>
    const start = ({ deviceId, mqttPassword, certificate, keys }: Claimed, by: 'certificate' | 'password') => {
      const proof: IClientOptions =
        by === 'password'
          ? { username: deviceId, password: mqttPassword }
          : { cert: certificate ?? assert.fail(), key: privateKeyPem(keys.privateKey) }
      const login = { clientId: deviceId, ca: authority.certificate, reconnectPeriod: 0, ...proof }
      return connect(url, login).on('error', () => {})
    }
    const closed = (client: MqttClient) => new Promise<void>((resolve) => client.once('close', resolve))
    const isIn = (client: MqttClient) =>
      Promise.race([
        new Promise<true>((resolve) => client.once('connect', () => resolve(true))),
        closed(client).then(() => false),
      ])
    const logIn = async (device: Claimed, by: 'certificate' | 'password') => {
      const client = start(device, by)
      assert.equal(await isIn(client), true)
      return client
    }
    const isServed = (client: MqttClient, { deviceId }: Claimed) =>
      client.publishAsync(logTopic(deviceId, 'trips'), 'still here', { qos: 1 })

    for (const by of ['certificate', 'password'] as const)
      it(`is cut off that came in by its ${by}, and no other`, async () => {
        const [gone, other] = [await claim(), await claim()]
        const [leaving, staying] = [await logIn(gone, by), await logIn(other, by)]
        await isServed(leaving, gone)
        const cut = closed(leaving)
        await revokeDevice(db, gone.deviceId)
        await cut
        assert.equal(await isIn(start(gone, by)), false)
        await isServed(staying, other)
        await staying.endAsync()
      })

    it('is cut off where the first looks for it fail', { timeout: 20_000 }, async () => {
      const gone = await claim()
      const leaving = await logIn(gone, 'password')
      const cut = closed(leaving)
      failing = 3
      await revokeDevice(db, gone.deviceId)
      await cut
      assert.equal(failing, 0)
    })

    it('is cut off too where it is revoked while it logs in', async () => {
      const gone = await claim()
      held.after = async () => {
        held.after = async () => {}
        await revokeDevice(db, gone.deviceId)
        // Told here as the database tells, so that it is known when that was.
        await broker.endRevoked((ids) => revokedAmong(db, ids))
      }
      assert.equal(await isIn(start(gone, 'password')), false)
    })
  })
}
