import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { verify } from '@fairmile/contract/chain.ts'
import { checkSignature, parseTrustedKeys } from '../src/scoring/signature.ts'

const program = fileURLToPath(new URL('sign.ts', import.meta.url))
const models = fileURLToPath(new URL('../artifacts/driver-risk', import.meta.url))
const released = join(models, readdirSync(models).sort().at(-1) ?? '')
const folder = mkdtempSync(join(tmpdir(), 'fairmile-sign-'))
after(() => rmSync(folder, { recursive: true, force: true }))
const [artifact, keyFile, trusted] = ['artifact', 'keys/release-key.pem', 'trusted-keys.json'].map((name) =>
  join(folder, name),
) as [string, string, string]
cpSync(released, artifact, { recursive: true })

const sign = (...args: string[]) =>
  spawnSync(process.execPath, [program, artifact, '--trusted-keys', trusted, ...args], {
    encoding: 'utf8',
    env: { ...process.env, FAIRMILE_RELEASE_KEY: keyFile },
  })

const check = () => {
  const keys = parseTrustedKeys(readFileSync(trusted, 'utf8'))
  const signature = readFileSync(join(artifact, 'manifest.sig'), 'utf8')
  return checkSignature(readFileSync(join(artifact, 'manifest.json')), signature, { keys, verify })
}

test('sign makes a key that its owner alone may read, and says that nobody trusts it yet', () => {
  const { status, stderr } = sign()
  assert.equal(status, 0, stderr)
  assert.equal(statSync(keyFile).mode & 0o777, 0o600)
  assert.match(stderr, /is not among the trusted ones/)
})

test('sign --trust adds the public half, so that what the key signs is taken', () => {
  assert.equal(sign('--trust', 'A test').status, 0)
  assert.equal(check().owner, 'A test')
  assert.equal(sign('--trust', 'A test').status, 0)
  assert.equal(parseTrustedKeys(readFileSync(trusted, 'utf8')).length, 1)
})

test('sign refuses an artifact whose files are not those of its manifest', () => {
  writeFileSync(join(artifact, 'model.onnx'), 'changed')
  const { status, stderr } = sign()
  assert.equal(status, 1)
  assert.match(stderr, /"model.onnx" is not the file that its manifest names/)
})
