import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { makeFolder } from '../make-folder.ts'
import { certifyServer, endOf, type KeyedCertificate, listRevoked } from './certificates.ts'
import { type MosquittoOptions, mosquittoFiles } from './mosquitto.ts'
import { mosquittoHash } from './mosquitto-hash.ts'

/** 192 random bits, as the devices' passwords. */
const passwordBytes = 24

export interface WriteMosquittoOptions extends Omit<MosquittoOptions, 'cloud'> {
  readonly cloud: Pick<MosquittoOptions['cloud'], 'address' | 'port'>
  readonly authority: KeyedCertificate
  /** Names and addresses that devices reach the broker under. */
  readonly hosts: readonly string[]
  /** Serial numbers (hex) of certificates that are not taken any more. */
  readonly revoked: readonly string[]
}

export interface WrittenMosquitto {
  /** Path of the configuration. */
  readonly config: string
  /** Path of the file with the cloud's password. */
  readonly passwordFile: string
  /** End of the broker's certificate: from then on devices refuse it, unless its files were written again. */
  readonly serverUntil: Date
  /** End of the devices' authority and of its list of the revoked: from then on the broker refuses their certificates. */
  readonly authorityUntil: Date
}

/**
 * Writes everything that Mosquitto needs into a folder; what is there already is written anew, but for the cloud's password.
 */
export async function writeMosquitto(options: WriteMosquittoOptions): Promise<WrittenMosquitto> {
  const { folder, authority, hosts } = options
  makeFolder(join(folder, 'store'), 0o700)
  const passwordFile = join(folder, 'cloud-password')
  if (!existsSync(passwordFile)) write(passwordFile, `${randomBytes(passwordBytes).toString('base64url')}\n`)
  const passwordHash = await mosquittoHash(readFileSync(passwordFile, 'utf8').trim())
  const { certificate, key } = await certifyServer(authority, hosts)
  const files: Record<string, string> = {
    ...mosquittoFiles({ ...options, cloud: { ...options.cloud, passwordHash } }),
    ...{ 'ca.crt': authority.certificate, 'server.crt': certificate, 'server.key': key },
    'revoked.crl': await listRevoked(authority, options.revoked),
  }
  for (const [name, text] of Object.entries(files)) write(join(folder, name), text)
  return {
    ...{ config: join(folder, 'mosquitto.conf'), passwordFile },
    ...{ serverUntil: endOf(certificate), authorityUntil: endOf(authority.certificate) },
  }
}

/** For its owner alone; whoever reads it meanwhile has the old file or the new one. */
function write(path: string, text: string): void {
  writeFileSync(`${path}.new`, text, { mode: 0o600 })
  renameSync(`${path}.new`, path)
}
