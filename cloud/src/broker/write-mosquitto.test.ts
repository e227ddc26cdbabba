import 'reflect-metadata'
import assert from 'node:assert/strict'
import { X509Certificate } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { generateKeyPair } from '@fairmile/contract/chain.ts'
import { X509Crl } from '@peculiar/x509'
import { certifyDevice, makeAuthority, serialOf } from './certificates.ts'
import { writeMosquitto } from './write-mosquitto.ts'

test('writeMosquitto writes a list of the revoked that outlives every device, and tells when each of its files ends', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'fairmile-mosquitto-'))
  after(() => rmSync(folder, { recursive: true }))
  const authority = await makeAuthority()
  const device = await certifyDevice(authority, { deviceId: 'DEV-1', publicKey: generateKeyPair().publicKey })
  const { serverUntil, authorityUntil } = await writeMosquitto({
    ...{ folder, user: 'mosquitto', address: '0.0.0.0', hosts: ['mqtt.example.org'], authority },
    ...{ certificatePort: 8883, passwordPort: null, cloud: { address: '127.0.0.1', port: 1883 } },
    ...{ devices: [], revoked: [serialOf(device)] },
  })
  const read = (name: string) => readFileSync(join(folder, name), 'utf8')
  const endOf = (certificate: string) => new X509Certificate(certificate).validToDate
  const list = new X509Crl(read('revoked.crl').replaceAll('X509 CRL', 'CRL'))
  assert.equal(list.entries.length, 1)
  assert.ok(Number(list.nextUpdate) > Number(endOf(device)))
  assert.deepEqual(list.nextUpdate, endOf(read('ca.crt')))
  assert.deepEqual([serverUntil, authorityUntil], [endOf(read('server.crt')), endOf(read('ca.crt'))])
})
