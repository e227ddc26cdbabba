import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { createServerProcess, type ServerProcess } from './server-process.ts'
import { type Site, serverAccount } from './site.ts'

const serverFolder = '/usr/lib/postgresql'

/** Settings as an operator sets them on a small server; what protects data is on. */
const durable: Record<string, string> = {
  fsync: 'on',
  full_page_writes: 'on',
  synchronous_commit: 'on',
  shared_buffers: '512MB',
  max_wal_size: '4GB',
  checkpoint_timeout: '5min',
  wal_compression: 'lz4',
  max_connections: '100',
}

/** A PostgreSQL server on a socket of its own. */
export interface PostgresServer extends ServerProcess {
  /** Address of its one database, which the cloud and `openDatabase` take. */
  readonly url: string
  /** Folder of its socket; the socket is `.s.PGSQL.5432`. */
  readonly socketFolder: string
  /** Runs one of its programs (`pg_amcheck`, `psql`) on the database and gives what it said. @throws where it fails */
  run(program: string, args: readonly string[]): string
}

/**
 * Makes the server that is installed into one of a test, not started yet.
 *
 * @param settings beside and above the durable ones, as in postgresql.conf
 * @throws {Error} naming what to install where there is none
 */
export function createPostgres(
  site: Site,
  { settings = {} }: { settings?: Record<string, string> } = {},
): PostgresServer {
  const bin = findServer()
  const account = serverAccount('postgres')
  const folder = site.makeFolder('postgres', account)
  const data = join(folder, 'data')
  execFileSync(
    join(bin, 'initdb'),
    ['-D', data, '-U', 'postgres', '--no-sync', '-A', 'trust', '-E', 'UTF8', '--locale', 'C.UTF-8', '--data-checksums'],
    { ...account, cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] },
  )
  const all = { ...durable, ...settings, listen_addresses: '', unix_socket_directories: folder }
  const server = createServerProcess({
    site,
    name: 'postgres',
    command: join(bin, 'postgres'),
    args: ['-D', data, ...Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
    cwd: folder,
    account,
    ready: 'database system is ready to accept connections',
    stopSignal: 'SIGINT', // "fast": who is connected is cut off
  })
  const run = (program: string, args: readonly string[]): string =>
    execFileSync(join(bin, program), ['-h', folder, '-U', 'postgres', ...args], {
      ...account,
      cwd: folder,
      encoding: 'utf8',
    })
  return Object.assign(server, {
    url: `postgres://postgres@localhost/postgres?host=${encodeURIComponent(folder)}`,
    socketFolder: folder,
    run,
  })
}

function findServer(): string {
  const versions = existsSync(serverFolder) ? readdirSync(serverFolder) : []
  const bin = versions
    .map((version) => join(serverFolder, version, 'bin'))
    .findLast((folder) => existsSync(join(folder, 'initdb')))
  if (bin === undefined) throw new Error('Starting PostgreSQL: there is none; install the Debian package "postgresql"')
  return bin
}
