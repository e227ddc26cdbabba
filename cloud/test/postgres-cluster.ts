import { execFileSync } from 'node:child_process'
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres from 'postgres'
import { migrate } from '../src/db/migrate.ts'
import { openDatabase } from '../src/db/open.ts'
import { copyPrepared } from './prepared-folder.ts'

const serverFolder = '/usr/lib/postgresql'
/** The database that those of the tests are copies of. */
const template = 'fairmile_template'

/** A PostgreSQL server of a test file's own, on a socket in a temporary folder. */
export interface PostgresCluster {
  /**
   * Makes an empty, migrated database and gives its address.
   * @param options.asShipped a process may do nothing for no longer than one that serves, while it holds what others wait for. @default false
   */
  createDatabase(options?: { asShipped?: boolean }): Promise<string>
  stop(): void
}

/**
 * Starts a throw-away server; as root under another account, as PostgreSQL wants it.
 *
 * @throws Error naming what to install where there is no server
 */
export async function startPostgres(): Promise<PostgresCluster> {
  const { bin, version } = findServer()
  const account = process.getuid?.() === 0 ? serverAccount() : null
  const run = (folder: string, program: string, ...args: string[]) =>
    execFileSync(join(bin, program), args, { ...account, cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] })
  const start = (folder: string) => {
    const settings = `-c listen_addresses='' -c unix_socket_directories='${folder}' -c fsync=off`
    run(folder, 'pg_ctl', '-D', join(folder, 'data'), '-w', '-s', '-l', join(folder, 'log'), '-o', settings, 'start')
  }
  const stop = (folder: string, mode: 'fast' | 'immediate') =>
    run(folder, 'pg_ctl', '-D', join(folder, 'data'), '-w', '-s', '-m', mode, 'stop')

  const parent = mkdtempSync(join(tmpdir(), 'fairmile-postgres-'))
  if (account) chownSync(parent, account.uid, account.gid)
  const folder = join(parent, 'server')
  await copyPrepared(`postgresql-${version}`, folder, async (fresh) => {
    if (account) chownSync(fresh, account.uid, account.gid)
    const own = ['-U', 'postgres', '--no-sync', '-A', 'trust', '-E', 'UTF8', '--locale', 'C.UTF-8']
    run(fresh, 'initdb', '-D', join(fresh, 'data'), ...own)
    start(fresh)
    try {
      await createDatabase(fresh, template)
      const database = await openDatabase({ url: address(fresh, template), folder: fresh })
      await migrate(database).finally(() => database.close())
    } finally {
      stop(fresh, 'fast')
    }
  })
  start(folder)
  let databases = 0
  return {
    async createDatabase({ asShipped = false } = {}) {
      const name = `test_${++databases}`
      await createDatabase(folder, name, template)
      return asShipped ? place(folder, name) : address(folder, name)
    },
    stop() {
      stop(folder, 'immediate')
      rmSync(parent, { recursive: true, force: true })
    },
  }
}

/** A busy machine holds a test up for longer than a process that serves: it may do nothing for so long, ms. */
const holdingMs = 5_000

const address = (folder: string, name: string) => `${place(folder, name)}&fairmile.holding_ms=${holdingMs}`

const place = (folder: string, name: string) =>
  `postgres://postgres@localhost/${name}?host=${encodeURIComponent(folder)}`

async function createDatabase(folder: string, name: string, from = 'template1'): Promise<void> {
  const client = postgres('postgres://postgres@localhost/postgres', { host: folder, max: 1 })
  await client.unsafe(`CREATE DATABASE ${name} TEMPLATE ${from}`).finally(() => client.end())
}

function findServer(): { bin: string; version: string } {
  const versions = existsSync(serverFolder) ? readdirSync(serverFolder) : []
  const version = versions.findLast((name) => existsSync(join(serverFolder, name, 'bin/initdb')))
  if (version === undefined)
    throw new Error(
      `These tests start a real PostgreSQL server: install the Debian package "postgresql" (npm test does)`,
    )
  return { bin: join(serverFolder, version, 'bin'), version }
}

function serverAccount(): { uid: number; gid: number } {
  const idOf = (flag: string, name: string) => Number(execFileSync('id', [flag, name], { encoding: 'utf8' }))
  const name = existsSync('/var/lib/postgresql') ? 'postgres' : 'nobody'
  return { uid: idOf('-u', name), gid: idOf('-g', name) }
}
