import { createHash } from 'node:crypto'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { generateKeyPair, sign } from '@fairmile/contract/chain.ts'
import type { Manifest } from '@fairmile/models/scoring/manifest.ts'
import { driverModelName, driverModelsDir, driverVersions } from '../src/risk/driver-artifacts.ts'

/** A folder of driver models of its own, signed with a key of its own, like `models/artifacts/driver-risk`. */
export interface ModelFolder {
  readonly folder: string
  /** Copies the newest model of this repository in under a version. */
  add(version: string, change?: (manifest: Manifest) => void): void
  /** Signs a version's manifest after a change, with the hashes of the files as they are now. */
  release(version: string, change?: (manifest: Manifest) => void): void
  remove(): void
}

export async function createModelFolder(...versions: string[]): Promise<ModelFolder> {
  const [newest] = await driverVersions()
  if (newest === undefined) throw new Error('there is no driver model in models/artifacts')
  const root = mkdtempSync(join(tmpdir(), 'fairmile-models-'))
  const folder = join(root, driverModelName)
  mkdirSync(folder)
  const { publicKey, privateKey } = generateKeyPair()
  writeFileSync(join(root, 'trusted-keys.json'), JSON.stringify({ keys: [{ id: 'test', publicKey, owner: 'a test' }] }))

  const release = (version: string, change: (manifest: Manifest) => void = () => {}): void => {
    const dir = join(folder, version)
    const manifest = JSON.parse(readFileSync(join(dir, 'manifest.json'), 'utf8')) as Manifest
    for (const name of Object.keys(manifest.files))
      manifest.files[name] = createHash('sha256')
        .update(readFileSync(join(dir, name)))
        .digest('hex')
    change(manifest)
    const bytes = Buffer.from(JSON.stringify(manifest))
    writeFileSync(join(dir, 'manifest.json'), bytes)
    const signature = sign(bytes, privateKey).toString('base64')
    writeFileSync(join(dir, 'manifest.sig'), JSON.stringify({ keyId: 'test', signature }))
  }
  const add: ModelFolder['add'] = (version, change = () => {}) => {
    cpSync(join(driverModelsDir, newest), join(folder, version), { recursive: true })
    release(version, (manifest) => {
      manifest.version = version
      change(manifest)
    })
  }
  for (const version of versions) add(version)
  return { folder, add, release, remove: () => rmSync(root, { recursive: true, force: true }) }
}
