import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { makeFolder } from '../make-folder.ts'
import { type KeyedCertificate, makeAuthority } from './certificates.ts'

/** Key and certificate of the authority, for its owner alone. */
const secretFile = (folder: string): string => join(folder, 'authority.pem')

/** The certificate alone, for everybody: what brokers check devices with, and devices this broker. */
export const authorityFile = (folder: string): string => join(folder, 'ca.crt')

/**
 * Reads the authority that certifies devices from its folder; draws one and keeps it there, readable by its owner alone,
 * where there is none. Processes that start at once end up with the same.
 *
 * @throws Error where there is a file that holds no key and certificate
 */
export async function loadAuthority(folder: string): Promise<KeyedCertificate> {
  const path = secretFile(folder)
  const known = read(path)
  if (known) return published(folder, known)
  const made = await makeAuthority()
  makeFolder(folder, 0o700)
  const draft = `${path}.${process.pid}.new`
  writeFileSync(draft, `${made.key}${made.certificate.trim()}\n`, { mode: 0o600 })
  try {
    linkSync(draft, path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    rmSync(draft)
  }
  return published(folder, read(path) ?? made)
}

function published(folder: string, authority: KeyedCertificate): KeyedCertificate {
  writeFileSync(authorityFile(folder), authority.certificate)
  return authority
}

function read(path: string): KeyedCertificate | null {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
  const [key] = /-----BEGIN PRIVATE KEY-----[\s\S]+?-----END PRIVATE KEY-----\n?/.exec(text) ?? []
  const [certificate] = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----\n?/.exec(text) ?? []
  if (key && certificate) return { key, certificate }
  throw new Error(
    `Reading the authority in "${path}": a private key and a certificate in PEM are needed. ` +
      'Put the file back from a copy: without it every device must be claimed anew.',
  )
}
