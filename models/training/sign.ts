/**
 * `node models/training/sign.ts FOLDER…`: signs artifacts, so that agents and clouds that trust the key take them.
 *
 * What is signed is `manifest.json`, which holds the hashes of the artifact's other files: they are compared first.
 */
import { createPrivateKey, generateKeyPairSync } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { publicKeyOf, sha256, sign } from '@fairmile/contract/chain.ts'
import { Command } from 'commander'
import { parseManifest } from '../src/scoring/manifest.ts'
import { type ManifestSignature, parseTrustedKeys } from '../src/scoring/signature.ts'

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

const command = new Command('sign')
  .description('Signs the manifests of artifacts with the release key.')
  .addHelpText(
    'beforeAll',
    'Examples:\n  node models/training/sign.ts models/artifacts/driver-risk/1.1.0 models/artifacts/window-risk/1.1.0\n' +
      '  node models/training/sign.ts --trust "Our insurer" models/artifacts/driver-risk/1.1.0\n',
  )
  .addHelpText(
    'after',
    '\nThe key is read from the file that FAIRMILE_RELEASE_KEY names (PEM, PKCS #8), or else from data/training/release-key.pem,\nwhere one is made if there is none. Keep it out of the repository.',
  )
  .argument('<folders...>', 'NAME/VERSION folders of artifacts')
  .option('--trust <owner>', 'also add the public half of the key to the trusted ones, as this owner’s')
  .option('--trusted-keys <file>', 'the trusted keys', here('../artifacts/trusted-keys.json'))
  .parse()
const { trust, trustedKeys } = command.opts<{ trust?: string; trustedKeys: string }>()

const privateKey = readKey(process.env.FAIRMILE_RELEASE_KEY ?? 'data/training/release-key.pem')
const publicKey = publicKeyOf(privateKey)
const keyId = sha256(Buffer.from(publicKey, 'base64url')).toString('hex').slice(0, 16)
for (const folder of command.args) signArtifact(folder)
const keys = existsSync(trustedKeys) ? parseTrustedKeys(readFileSync(trustedKeys, 'utf8')) : []
if (!keys.some(({ id }) => id === keyId)) addKey()

function signArtifact(folder: string): void {
  const bytes = readFileSync(join(folder, 'manifest.json'))
  const { name, version, files } = parseManifest(bytes.toString())
  for (const [file, hash] of Object.entries(files))
    if (sha256(readFileSync(join(folder, file))).toString('hex') !== hash)
      throw new Error(`signing ${name} ${version}: "${file}" is not the file that its manifest names; export it again`)
  const signature: ManifestSignature = { keyId, signature: sign(bytes, privateKey).toString('base64') }
  writeFileSync(join(folder, 'manifest.sig'), `${JSON.stringify(signature)}\n`)
  process.stderr.write(`${name} ${version} is signed with the key ${keyId}.\n`)
}

/** The raw private key of a PEM file in base64url; makes the file where there is none. */
function readKey(file: string): string {
  if (!existsSync(file)) {
    mkdirSync(dirname(file), { recursive: true })
    const { privateKey: made } = generateKeyPairSync('ed25519')
    writeFileSync(file, made.export({ format: 'pem', type: 'pkcs8' }), { mode: 0o600, flag: 'wx' })
    process.stderr.write(`A release key was made in "${file}": keep it, and keep it secret.\n`)
  }
  const key = createPrivateKey(readFileSync(file))
  if (key.asymmetricKeyType !== 'ed25519') throw new Error(`signing: the key in "${file}" is no Ed25519 key`)
  return key.export({ format: 'jwk' }).d ?? ''
}

function addKey(): void {
  if (trust === undefined) {
    process.stderr.write(
      `The key ${keyId} is not among the trusted ones in "${trustedKeys}": nobody takes what it signed until its public half\n` +
        `(${publicKey}) is there; "--trust OWNER" adds it.\n`,
    )
    return
  }
  const all = { keys: [...keys, { id: keyId, publicKey, owner: trust }] }
  writeFileSync(trustedKeys, `${JSON.stringify(all, null, 2)}\n`)
  process.stderr.write(`The key ${keyId} of "${trust}" is among the trusted ones in "${trustedKeys}".\n`)
}
