import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import { generateKeyPair } from '@fairmile/contract/chain.ts'
import { cloudShares, deviceSubscription, logTopic, streams } from '@fairmile/contract/topics.ts'
import type { MqttClient } from 'mqtt'
import type { BrokerMessage } from '../src/broker/broker.ts'
import { certifyDevice, makeAuthority } from '../src/broker/certificates.ts'
import { type BrokerDevice, brokerEngines, makeFleet } from './brokers.ts'

const proofs = ['certificate', 'password'] as const
const fleet = await makeFleet(4)
const [one, two, three, gone] = fleet.devices as [BrokerDevice, BrokerDevice, BrokerDevice, BrokerDevice]
fleet.revoked.add(gone.id)
const stranger: BrokerDevice = { ...one, certificate: '', keys: generateKeyPair() }
stranger.certificate = await certifyDevice(await makeAuthority(), {
  deviceId: one.id,
  publicKey: stranger.keys.publicKey,
})

/** Gathers what the cloud gets, and waits for a payload. */
function gather() {
  const messages: BrokerMessage[] = []
  const waiting = new Map<string, () => void>()
  return {
    messages,
    texts: () => messages.map(({ payload }) => String(payload)),
    take: async (message: BrokerMessage) => {
      messages.push(message)
      waiting.get(String(message.payload))?.()
    },
    until: (text: string) => new Promise<void>((resolve) => waiting.set(text, resolve)),
  }
}

const ended = (client: MqttClient) => new Promise<void>((resolve) => client.once('close', resolve))

for (const engine of brokerEngines) {
  describe(`${engine.name} broker`, async () => {
    const cloud = gather()
    const broker = await engine.start(fleet, cloud.take)
    const { logIn } = broker
    after(() => broker[Symbol.asyncDispose]())

    for (const by of proofs) {
      it(`takes a device by ${by}, gives its messages to the cloud and the cloud’s to it`, async () => {
        const device = await logIn(one, by)
        await device.subscribeAsync(deviceSubscription(one.id), { qos: 1 })
        const told = new Promise<string>((resolve) => device.once('message', (_topic, body) => resolve(String(body))))
        const arrived = cloud.until(`by ${by}`)
        await device.publishAsync(logTopic(one.id, 'trips'), `by ${by}`, { qos: 1 })
        await arrived
        await broker.cloud.publish(streams.ack.topic(one.id), `ack ${by}`, { qos: 1, retain: false })
        assert.equal(await told, `ack ${by}`)
        await device.endAsync()
      })

      it(`refuses a device that is revoked, by ${by}`, async () => {
        await assert.rejects(logIn(gone, by))
      })

      it(`keeps a device that is in by ${by} off another’s topics`, async () => {
        const [thief, owner] = [await logIn(one, by), await logIn(two, by)]
        const cutOff = ended(thief).then(() => assert.fail('the thief was cut off, and would send again for ever'))
        const heard: string[] = []
        thief.on('message', (_topic, body) => heard.push(String(body)))
        for (const filter of [
          deviceSubscription(two.id),
          '#',
          'fairmile/v1/+/down/ack',
          `$share/x/${deviceSubscription(two.id)}`,
        ])
          await thief.subscribeAsync(filter, { qos: 1 }).catch(() => undefined)
        for (const topic of [logTopic(two.id, 'urgent'), streams.ack.topic(two.id), streams.config.topic(one.id)])
          await Promise.race([thief.publishAsync(topic, `forged ${by}`, { qos: 1, retain: true }), cutOff])
        await thief.subscribeAsync(deviceSubscription(one.id), { qos: 1 }).catch(() => undefined)
        await owner.subscribeAsync(deviceSubscription(two.id), { qos: 1 })
        const ownersHear = new Promise<string>((resolve) =>
          owner.once('message', (_topic, body) => resolve(String(body))),
        )
        const [honest, owners] = [cloud.until(`honest ${by}`), cloud.until(`owner's ${by}`)]
        thief.publish(logTopic(one.id, 'trips'), `honest ${by}`, { qos: 1 })
        owner.publish(logTopic(two.id, 'trips'), `owner's ${by}`, { qos: 1 })
        await Promise.all([honest, owners])
        await broker.cloud.publish(streams.ack.topic(two.id), 'for two alone', { qos: 1, retain: false })
        assert.equal(await ownersHear, 'for two alone')
        assert.deepEqual([heard, cloud.texts().filter((text) => text.startsWith('forged'))], [[], []])
        cutOff.catch(() => undefined) // by itself
        await Promise.all([thief.endAsync(true), owner.endAsync(true)])
      })
    }

    it('lets no device take a share of what the others send', async () => {
      const [thief, owner] = [await logIn(one, 'certificate'), await logIn(two, 'certificate')]
      const shares = cloudShares.map((filter) => `$share/fairmile-ingest/${filter}`)
      await thief.subscribeAsync(shares, { qos: 1 }).catch(() => undefined)
      const sent = Array.from({ length: 20 }, (_, i) => `of the owner ${i}`)
      for (const text of sent) await owner.publishAsync(logTopic(two.id, 'trips'), text, { qos: 1 })
      const arrived = cloud.until('all sent')
      await owner.publishAsync(streams.state.topic(two.id), 'all sent', { qos: 1 })
      await arrived
      assert.deepEqual(
        cloud.texts().filter((text) => text.startsWith('of the owner')),
        sent,
      )
      await Promise.all([thief.endAsync(), owner.endAsync()])
    })

    it('refuses a wrong password, an unknown device, and a certificate of another authority', async () => {
      await assert.rejects(logIn({ ...one, password: 'wrong' }, 'password'))
      await assert.rejects(logIn({ ...one, id: 'DEV-99' }, 'password'))
      await assert.rejects(logIn(stranger, 'certificate'))
    })

    it('lets no device take the place of another by its client id', async () => {
      const owner = await logIn(two, 'certificate')
      for (const by of proofs) {
        const thief = await logIn(one, by, { clientId: two.id }).catch(() => null)
        await thief?.endAsync(true)
      }
      const arrived = cloud.until('still here')
      await owner.publishAsync(logTopic(two.id, 'trips'), 'still here', { qos: 1 })
      await arrived
      await owner.endAsync()
    })

    it('ends a device that sends an oversized packet, and gives it to nobody', async () => {
      const device = await logIn(three, 'certificate')
      const closed = ended(device)
      const before = cloud.messages.length
      device.publish(logTopic(three.id, 'raw'), Buffer.alloc(300 * 1024), { qos: 1 })
      await closed
      const again = await logIn(three, 'certificate')
      const arrived = cloud.until('small')
      await again.publishAsync(logTopic(three.id, 'raw'), 'small', { qos: 1 })
      await arrived
      assert.equal(cloud.messages.length, before + 1)
      await again.endAsync()
    })

    it('is found again after it was started anew', async () => {
      await broker.restart()
      const device = await logIn(one, 'certificate')
      const arrived = cloud.until('after')
      // The cloud comes back when it comes back: the device sends until it is acked.
      const sending = setInterval(() => device.publish(logTopic(one.id, 'trips'), 'after', { qos: 1 }), 20)
      await arrived
      clearInterval(sending)
      await device.endAsync(true)
    })

    const { another } = broker
    if (another !== null)
      it('shares the messages of all devices among the processes of the cloud', async () => {
        const other = gather()
        await another(other.take)
        const cars = await Promise.all([one, two, three].map((device) => logIn(device, 'certificate')))
        const before = cloud.messages.length
        const seen = () => cloud.messages.length - before + other.messages.length
        for (let i = 0; i < 20; i++)
          for (const [at, car] of cars.entries())
            await car.publishAsync(logTopic(`DEV-${at + 1}`, 'trips'), `shared ${i}`, { qos: 1 })
        while (seen() < 60) await new Promise(setImmediate)
        assert.equal(seen(), 60)
        assert.ok(other.messages.length > 0 && other.messages.length < 60, `${other.messages.length} of 60`)
        await Promise.all(cars.map((car) => car.endAsync()))
      })
  })

  it(`${engine.name} broker gives no more to a cloud that has no room, and everything once it has`, async () => {
    const room = Promise.withResolvers<void>()
    const first = Promise.withResolvers<void>()
    const taken: string[] = []
    await using broker = await engine.start(fleet, async ({ payload }) => {
      taken.push(payload.toString('latin1', 0, 4))
      first.resolve()
      await room.promise
    })
    const device = await broker.logIn(one, 'password')
    const body = (i: number) => Buffer.concat([Buffer.from(String(i).padStart(4)), Buffer.alloc(30_000)])
    const numbers = Array.from({ length: 150 }, (_, i) => i)
    const sent = numbers.map((i) => device.publishAsync(logTopic(one.id, 'raw'), body(i), { qos: 1 }))
    await first.promise
    assert.ok(taken.length < 150, `${taken.length} at once`)
    room.resolve()
    await Promise.all(sent)
    while (taken.length < 150) await new Promise(setImmediate)
    assert.deepEqual(taken.map(Number), numbers)
    await device.endAsync()
  })
}
