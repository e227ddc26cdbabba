import { execFileSync } from 'node:child_process'
import { chownSync, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'

const serverFolder = '/usr/lib/postgresql'

/** A PostgreSQL server of a test's own, with its usual durability. */
export interface PostgresServer {
  /** Address of its one database. */
  url: string
  /** Stops it and removes its folder. */
  stop(): void
}

/**
 * Starts a server on a socket in a folder; as root under another account, as PostgreSQL wants it.
 * @throws {Error} that names what to install where there is no server
 */
export function startPostgres(folder: string): PostgresServer {
  const versions = existsSync(serverFolder) ? readdirSync(serverFolder) : []
  const bin = versions
    .map((version) => join(serverFolder, version, 'bin'))
    .findLast((found) => existsSync(join(found, 'initdb')))
  if (bin === undefined) throw new Error('Starting PostgreSQL: there is none; install the Debian package "postgresql"')
  mkdirSync(folder, { recursive: true })
  const account = process.getuid?.() === 0 ? postgresAccount() : null
  if (account) chownSync(folder, account.uid, account.gid)
  const data = join(folder, 'data')
  const run = (program: string, args: string[]): void =>
    void execFileSync(join(bin, program), args, { ...account, cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] })
  run('initdb', ['-D', data, '-U', 'postgres', '--no-sync', '-A', 'trust', '-E', 'UTF8', '--locale', 'C.UTF-8'])
  const settings = `-c listen_addresses='' -c unix_socket_directories='${folder}'`
  run('pg_ctl', ['-D', data, '-w', '-s', '-l', join(folder, 'log'), '-o', settings, 'start'])
  return {
    url: `postgres://postgres@localhost/postgres?host=${encodeURIComponent(folder)}`,
    stop() {
      run('pg_ctl', ['-D', data, '-w', '-s', '-m', 'immediate', 'stop'])
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function postgresAccount(): { uid: number; gid: number } {
  const idOf = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }))
  return { uid: idOf('-u'), gid: idOf('-g') }
}
