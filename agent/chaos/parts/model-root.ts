import { createHash } from 'node:crypto'
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { generateKeyPair, sign } from '@fairmile/contract/chain.ts'
import type { Manifest } from '@fairmile/models/scoring/manifest.ts'
import { artifactsRoot, findWindowModel, windowModel } from '../../src/scoring/artifact.ts'

/** A folder of window models of its own, signed with a key of its own. */
export interface ModelRoot {
  readonly root: string
  /** Copies the newest model of this repository in under a version; gives its folder. */
  add(version: string): Promise<string>
  /** Signs a folder's manifest, after a change where there is one, with the hashes of the files as they are now. */
  release(folder: string, change?: (manifest: Manifest) => void): void
}

/** Makes such a folder, which is empty at first. */
export function createModelRoot(root: string): ModelRoot {
  const { publicKey, privateKey } = generateKeyPair()
  mkdirSync(join(root, windowModel), { recursive: true })
  const keys = [{ id: 'test', publicKey, owner: 'a test' }]
  writeFileSync(join(root, 'trusted-keys.json'), JSON.stringify({ keys }))

  const release = (folder: string, change: (manifest: Manifest) => void = () => {}): void => {
    const path = join(folder, 'manifest.json')
    const manifest = JSON.parse(readFileSync(path, 'utf8')) as Manifest
    for (const name of Object.keys(manifest.files))
      manifest.files[name] = createHash('sha256')
        .update(readFileSync(join(folder, name)))
        .digest('hex')
    change(manifest)
    const bytes = Buffer.from(JSON.stringify(manifest))
    writeFileSync(path, bytes)
    const signature = sign(bytes, privateKey).toString('base64')
    writeFileSync(join(folder, 'manifest.sig'), JSON.stringify({ keyId: 'test', signature }))
  }
  return {
    root,
    async add(version) {
      const newest = await findWindowModel()
      if (newest === null) throw new Error(`copying a window model: there is none in "${artifactsRoot}"`)
      const folder = join(root, windowModel, version)
      cpSync(newest, folder, { recursive: true })
      release(folder, (manifest) => {
        manifest.version = version
      })
      return folder
    },
    release,
  }
}
