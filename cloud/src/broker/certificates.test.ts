import assert from 'node:assert/strict'
import { X509Certificate } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, it } from 'node:test'
import { generateKeyPair } from '@fairmile/contract/chain.ts'
import { authorityFile, loadAuthority } from './authority.ts'
import { certifyDevice, certifyServer, isIssuedBy, listRevoked, makeAuthority } from './certificates.ts'

describe('certificates', async () => {
  const authority = await makeAuthority()
  const root = new X509Certificate(authority.certificate)

  it('certifyDevice names the device and holds its own key', async () => {
    const { publicKey } = generateKeyPair()
    const certificate = await certifyDevice(authority, { deviceId: 'DEV-1', publicKey })
    const read = new X509Certificate(certificate)
    assert.equal(read.subject, 'CN=DEV-1')
    assert.equal(read.publicKey.export({ format: 'jwk' }).x, publicKey)
    assert.ok(read.checkIssued(root) && read.verify(root.publicKey))
    assert.equal(read.ca, false)
    assert.ok(isIssuedBy(authority, certificate) && !isIssuedBy(await makeAuthority(), certificate))
  })

  it('certifyDevice cannot be made to add a second name', async () => {
    const { publicKey } = generateKeyPair()
    const certificate = await certifyDevice(authority, { deviceId: 'DEV-1, CN=DEV-2', publicKey })
    assert.equal(new X509Certificate(certificate).subject, 'CN=DEV-1\\, CN=DEV-2')
  })

  it('certifyServer is for its names and addresses', async () => {
    const { certificate, key } = await certifyServer(authority, ['broker.example', '127.0.0.1'])
    const read = new X509Certificate(certificate)
    assert.equal(read.checkHost('broker.example'), 'broker.example')
    assert.equal(read.checkIP('127.0.0.1'), '127.0.0.1')
    assert.equal(read.checkHost('other.example'), undefined)
    assert.match(key, /BEGIN PRIVATE KEY/)
  })

  it('listRevoked is a list that can be empty', async () => {
    assert.match(await listRevoked(authority, []), /^-----BEGIN X509 CRL-----/)
    assert.ok((await listRevoked(authority, ['0a', '0b'])).length > (await listRevoked(authority, [])).length)
  })
})

describe('loadAuthority', () => {
  const folder = mkdtempSync(join(tmpdir(), 'fairmile-authority-'))
  after(() => rmSync(folder, { recursive: true }))

  it('draws one once, whoever comes first, for its owner alone', async () => {
    const drawn = await Promise.all([loadAuthority(folder), loadAuthority(folder)])
    assert.deepEqual(drawn[0], drawn[1])
    assert.deepEqual(await loadAuthority(folder), drawn[0])
    assert.equal(readFileSync(authorityFile(folder), 'utf8'), drawn[0].certificate)
    assert.equal(statSync(join(folder, 'authority.pem')).mode & 0o777, 0o600)
  })

  it('does not replace a file that it cannot read', async () => {
    writeFileSync(join(folder, 'authority.pem'), 'damaged')
    await assert.rejects(loadAuthority(folder), /a private key and a certificate in PEM are needed/)
  })
})
