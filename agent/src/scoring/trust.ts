import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { verify } from '@fairmile/contract/chain.ts'
import { parseTrustedKeys, type Trust } from '@fairmile/models/scoring/signature.ts'
import { artifactsRoot } from './artifact.ts'

/** The keys that came with this program: only what they signed is run. @throws Error where they cannot be read */
export const readTrust = async (root = artifactsRoot): Promise<Trust> => ({
  keys: parseTrustedKeys(await readFile(join(root, 'trusted-keys.json'), 'utf8')),
  verify,
})
