import { execFileSync } from 'node:child_process'
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres from 'postgres'

const serverFolder = '/usr/lib/postgresql'

/** A PostgreSQL server of a test file's own, on a socket in a temporary folder. */
export interface PostgresCluster {
  /** Makes an empty database and gives its address. */
  createDatabase(): Promise<string>
  stop(): void
}

/**
 * Starts a throw-away server; as root under another account, as PostgreSQL wants it.
 *
 * @throws Error naming what to install where there is no server
 */
export function startPostgres(): PostgresCluster {
  const bin = findServer()
  const folder = mkdtempSync(join(tmpdir(), 'fairmile-postgres-'))
  const account = process.getuid?.() === 0 ? serverAccount() : null
  if (account) chownSync(folder, account.uid, account.gid)
  const data = join(folder, 'data')
  const run = (program: string, args: string[]) =>
    execFileSync(join(bin, program), args, { ...account, cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] })
  run('initdb', ['-D', data, '-U', 'postgres', '--no-sync', '-A', 'trust', '-E', 'UTF8', '--locale', 'C.UTF-8'])
  const settings = `-c listen_addresses='' -c unix_socket_directories='${folder}' -c fsync=off`
  run('pg_ctl', ['-D', data, '-w', '-s', '-l', join(folder, 'log'), '-o', settings, 'start'])
  let databases = 0
  const address = (name: string) => `postgres://postgres@localhost/${name}?host=${encodeURIComponent(folder)}`
  return {
    async createDatabase() {
      const name = `test_${++databases}`
      const client = postgres('postgres://postgres@localhost/postgres', { host: folder, max: 1 })
      await client.unsafe(`CREATE DATABASE ${name}`)
      await client.end()
      return address(name)
    },
    stop() {
      run('pg_ctl', ['-D', data, '-w', '-s', '-m', 'immediate', 'stop'])
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function findServer(): string {
  const versions = existsSync(serverFolder) ? readdirSync(serverFolder) : []
  const bin = versions
    .map((version) => join(serverFolder, version, 'bin'))
    .findLast((folder) => existsSync(join(folder, 'initdb')))
  if (bin === undefined)
    throw new Error(
      `These tests start a real PostgreSQL server: install the Debian package "postgresql" (npm test does)`,
    )
  return bin
}

function serverAccount(): { uid: number; gid: number } {
  const idOf = (flag: string, name: string) => Number(execFileSync('id', [flag, name], { encoding: 'utf8' }))
  const name = existsSync('/var/lib/postgresql') ? 'postgres' : 'nobody'
  return { uid: idOf('-u', name), gid: idOf('-g', name) }
}
