import assert from 'node:assert/strict'
import { X509Certificate } from 'node:crypto'
import { describe, it } from 'node:test'
import { generateKeyPair } from '@fairmile/contract/chain.ts'
import { eq } from 'drizzle-orm'
import { makeAuthority } from '../src/broker/certificates.ts'
import { devices } from '../src/db/schema/devices.ts'
import { authenticateDevice, claimDevice } from '../src/devices/claim-device.ts'
import { createDevice } from '../src/devices/create-device.ts'
import { listDeviceLogins } from '../src/devices/device-logins.ts'
import { listDevices } from '../src/devices/list-devices.ts'
import { revokeDevice } from '../src/devices/revoke-device.ts'
import { addDevice } from './devices.ts'
import { engines } from './engines.ts'
import { testNowMs } from './ingest-rig.ts'

for (const engine of engines()) {
  describe(`devices on ${engine.name}`, async () => {
    const { db } = await engine.open()
    const first = await addDevice(db, 1)
    const { vehicleId, policyId } = first
    const create = async () => {
      const created = await createDevice(db, { vehicleId })
      assert.ok(created)
      return created
    }

    it('createDevice puts a device in the vehicle of a policy, and knows no other', async () => {
      const created = await createDevice(db, { policyId })
      const [row] = await db
        .select()
        .from(devices)
        .where(eq(devices.id, created?.id ?? ''))
      assert.equal(row?.vehicleId, vehicleId)
      assert.equal(await createDevice(db, { policyId: 'POL-NONE' }), null)
      assert.equal(await createDevice(db, { vehicleId: 'VEH-NONE' }), null)
    })

    it('createDevice keeps no code and no password in the clear', async () => {
      const { id, claimCode } = await create()
      assert.match(claimCode, /^([0-9A-HJKMNP-TV-Z]{5}-){3}[0-9A-HJKMNP-TV-Z]{5}$/)
      const { publicKey } = generateKeyPair()
      const claimed = await claimDevice(db, { claimCode, publicKey })
      const [row] = await db.select().from(devices).where(eq(devices.id, id))
      const stored = JSON.stringify(row)
      for (const secret of [claimCode, claimCode.replaceAll('-', ''), claimed?.mqttPassword ?? ''])
        assert.ok(!stored.includes(secret))
    })

    it('claimDevice takes a code in lower case and without dashes', async () => {
      const { id, claimCode } = await create()
      const code = claimCode.toLowerCase().replaceAll('-', ' ')
      const claimed = await claimDevice(db, { claimCode: code, publicKey: generateKeyPair().publicKey })
      assert.equal(claimed?.deviceId, id)
    })

    it('claimDevice works for one key alone, which may ask again and gets a new password', async () => {
      const { id, claimCode } = await create()
      const { publicKey } = generateKeyPair()
      const lost = await claimDevice(db, { claimCode, publicKey })
      assert.equal(await claimDevice(db, { claimCode, publicKey: generateKeyPair().publicKey }), null)
      const again = await claimDevice(db, { claimCode, publicKey })
      assert.ok(again && lost)
      assert.equal(await authenticateDevice(db, id, { password: again.mqttPassword }), true)
      assert.equal(await authenticateDevice(db, id, { password: lost.mqttPassword }), false)
    })

    it('claimDevice certifies the device’s own key, the same again when it asks again', async () => {
      const authority = await makeAuthority()
      const { id, claimCode } = await create()
      const { publicKey } = generateKeyPair()
      const claimed = await claimDevice(db, { claimCode, publicKey }, { authority })
      const { subject, publicKey: certified } = new X509Certificate(claimed?.certificate ?? '')
      assert.deepEqual([subject, certified.export({ format: 'jwk' }).x], [`CN=${id}`, publicKey])
      assert.equal(claimed?.authority, authority.certificate)
      const again = await claimDevice(db, { claimCode, publicKey }, { authority })
      assert.equal(again?.certificate, claimed?.certificate)
      const elsewhere = await claimDevice(db, { claimCode, publicKey }, { authority: await makeAuthority() })
      assert.notEqual(elsewhere?.certificate, claimed?.certificate)
      assert.equal(await authenticateDevice(db, id, { publicKey }), true)
      assert.equal(await authenticateDevice(db, id, { publicKey: generateKeyPair().publicKey }), false)
    })

    it('revokeDevice ends log-ins and claims, and tells brokers elsewhere', async () => {
      const { id, claimCode } = await create()
      const { publicKey } = generateKeyPair()
      const claimed = await claimDevice(db, { claimCode, publicKey }, { authority: await makeAuthority() })
      const login = async () => (await listDeviceLogins(db)).find((device) => device.id === id)
      assert.match((await login())?.passwordHash ?? '', /^\$7\$101\$.{16}\$.{88}$/)
      assert.equal(await revokeDevice(db, id), true)
      assert.equal(await authenticateDevice(db, id, { publicKey }), false)
      assert.equal(await authenticateDevice(db, id, { password: claimed?.mqttPassword ?? '' }), false)
      assert.equal(await claimDevice(db, { claimCode, publicKey }), null)
      assert.deepEqual(await login(), {
        ...{ id, passwordHash: null, revoked: true },
        serial: new X509Certificate(claimed?.certificate ?? '').serialNumber.toLowerCase(),
      })
      assert.equal(await revokeDevice(db, 'DEV-NONE'), false)
    })

    it('claimDevice refuses an unknown code, an expired one and a key that is none', async () => {
      const { claimCode } = await create()
      const { publicKey } = generateKeyPair()
      assert.equal(await claimDevice(db, { claimCode: 'AAAAA-AAAAA-AAAAA-AAAAA', publicKey }), null)
      const later = Date.now() + 31 * 24 * 3600 * 1000
      assert.equal(await claimDevice(db, { claimCode, publicKey }, { nowMs: later }), null)
      await assert.rejects(claimDevice(db, { claimCode, publicKey: 'c2hvcnQ' }), RangeError)
    })

    it('authenticateDevice knows claimed devices alone', async () => {
      const { id } = await create()
      assert.equal(await authenticateDevice(db, first.id, { password: first.password }), true)
      assert.equal(await authenticateDevice(db, first.id, { password: `${first.password}x` }), false)
      assert.equal(await authenticateDevice(db, id, { password: '' }), false)
      assert.equal(await authenticateDevice(db, 'DEV-NONE', { password: 'anything' }), false)
    })

    it('listDevices gives pages with vehicle and covered driver', async () => {
      const all = await listDevices(db, { limit: 100 }, { nowMs: testNowMs })
      const known = all.items.find(({ id }) => id === first.id)
      assert.deepEqual(known?.vehicle, { id: vehicleId, name: 'Car 1' })
      assert.equal(known?.driverId, first.driverId)
      const page = await listDevices(db, { limit: 1 }, { nowMs: testNowMs })
      const next = await listDevices(db, { limit: 100, cursor: page.nextCursor ?? '' }, { nowMs: testNowMs })
      assert.equal(1 + next.items.length, all.items.length)
      const before = await listDevices(db, { limit: 1 }, { nowMs: Date.UTC(2020, 0, 1) })
      assert.equal(before.items[0]?.driverId, null)
    })
  })
}
