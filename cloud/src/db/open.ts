import { join } from 'node:path'
import type { PGlite } from '@electric-sql/pglite'
import { drizzle as drizzlePglite } from 'drizzle-orm/pglite'
import { drizzle as drizzlePostgres } from 'drizzle-orm/postgres-js'
import postgres from 'postgres'
import { messageOf, UsageError } from '../errors.ts'
import { type CopyIn, copyInto, copyIntoEmbedded } from './copy.ts'
import type { Database } from './database.ts'
import { openDurably } from './durable-folder.ts'
import { lockFolder } from './folder-lock.ts'
import { type Connect, createPlace } from './place.ts'
import { createPool, type PoolSizes, type PoolState, poolDefaults } from './pool.ts'

/** What a script of definitions runs on: one session, one transaction. */
export interface ScriptSession {
  /** Runs any number of statements without values. */
  script(text: string): Promise<void>
  /** Runs one statement and gives its rows, values as the driver reads them. */
  rows(text: string): Promise<Record<string, unknown>[]>
}

/** An open database. */
export interface OpenDatabase {
  readonly db: Database
  readonly kind: 'pglite' | 'postgres'
  /** Runs scripts (migrations, partitions) in one transaction; nothing stays where it throws. */
  scripted<T>(work: (session: ScriptSession) => Promise<T>): Promise<T>
  /** What the connections to the server are doing; null for the embedded database, which has but one session. */
  readonly pool: (() => PoolState) | null
  /** Runs one statement that must not be in a transaction (`… CONCURRENTLY`). */
  alone(text: string): Promise<void>
  /** Runs work in one transaction that can also take rows in bulk; nothing stays where it throws. */
  transaction<T>(work: (tx: Database, copy: CopyIn) => Promise<T>): Promise<T>
  /** Calls at each NOTIFY of a channel, by whatever process; gives what ends that. */
  listen(channel: string, heard: () => void): Promise<() => Promise<void>>
  /** For a library that brings its own SQL: the embedded database itself, or the server's address. */
  readonly engine: { readonly pglite: PGlite } | { readonly url: string }
  /** Ends all connections and gives the folder back; may be called twice. */
  close(): Promise<void>
}

export interface OpenDatabaseOptions {
  /** `postgres://…` of a PostgreSQL 15 or later. */
  url?: string | undefined
  /** Folder of the embedded database (PGlite), used where there is no `url`. */
  folder: string
  /** Connections to the server. @default poolDefaults */
  pool?: PoolSizes | undefined
  /**
   * Ends the waiting for a server: cuts its connections, so that what is under way throws. The embedded database waits for
   * nobody and is not cut. Who gives one does not abort it once it has the database and wants to close it in peace.
   */
  signal?: AbortSignal | undefined
}

/**
 * Opens PostgreSQL by its address, or else the embedded database in a folder.
 *
 * @throws {UsageError} where another process holds the folder, or the address is none
 * @throws Error where the server cannot be reached
 */
export async function openDatabase({ url, folder, pool, signal }: OpenDatabaseOptions): Promise<OpenDatabase> {
  signal?.throwIfAborted()
  return url === undefined ? openEmbedded(folder) : openServer(url, pool ?? poolDefaults, signal)
}

async function openEmbedded(folder: string): Promise<OpenDatabase> {
  const lock = lockFolder(folder)
  try {
    const client = await openDurably(join(folder, 'postgres'))
    await client.exec(`SET TIME ZONE '${timeZone}'`)
    return {
      db: drizzlePglite(client) as unknown as Database,
      kind: 'pglite',
      engine: { pglite: client },
      listen: async (channel, heard) => {
        const unlisten = await client.listen(channel, heard)
        return () => unlisten()
      },
      scripted: (work) =>
        client.transaction((tx) =>
          work({
            script: async (text) => void (await tx.exec(text)),
            rows: async (text) => (await tx.query<Record<string, unknown>>(text)).rows,
          }),
        ),
      pool: null,
      alone: async (text) => void (await client.exec(text)),
      transaction: (work) =>
        client.transaction((tx) =>
          work(drizzlePglite(tx as unknown as PGlite) as unknown as Database, copyIntoEmbedded(tx)),
        ),
      async close() {
        if (!client.closed) await client.close()
        lock.release()
      },
    }
  } catch (cause) {
    lock.release()
    throw new Error(`Opening the embedded database in "${folder}": ${messageOf(cause)}`, { cause })
  }
}

/** Seconds of silence after which the other end is asked whether it is there; ten questions a second apart follow (libuv). */
const keepAliveS = 20

/** Days are UTC days everywhere here: what compares a date with a moment must not go by where the server stands. */
const timeZone = 'UTC'

const sessionSettings = {
  TimeZone: timeZone,
  /** Longest that a process may do nothing while it holds what others wait for, ms: `idle-bound.ts`. */
  'fairmile.holding_ms': '750',
  // The server asks the same of us, and gives up what it sent and nobody took: a machine that is gone without a word holds no lock
  // for longer. A Unix socket takes these and needs none of them.
  ...{ tcp_keepalives_idle: '20', tcp_keepalives_interval: '5', tcp_keepalives_count: '3', tcp_user_timeout: '35000' },
}

async function openServer(url: string, sizes: PoolSizes, signal: AbortSignal | undefined): Promise<OpenDatabase> {
  const { address, socketFolder } = splitSocket(url)
  const session = { connection: sessionSettings, keep_alive: keepAliveS }
  const own = { onnotice: () => {}, ...session, ...(socketFolder !== null && { host: socketFolder }) }
  const connect: Connect = (options) => {
    const sql = postgres(address, { ...own, ...options })
    drizzlePostgres(sql) // tells this client how Drizzle reads and writes times and JSON
    return sql
  }
  // Asks which types of arrays there are. Each client would ask anew, and end the process where its connection is cut just then: nobody
  // waits for that question.
  const first = createPlace({ connect, ...sizes, idleS: null, count: () => {} })
  const stopFirst = () => first.end({ timeout: 0 })
  signal?.addEventListener('abort', stopFirst)
  try {
    await first.lend((sql) => sql`SELECT 1`)
  } catch (cause) {
    await stopFirst()
    throw new Error(`Connecting to PostgreSQL at "${withoutPassword(url)}": ${messageOf(cause)}`, { cause })
  }
  const { parsers, serializers } = first.options
  await stopFirst()
  const connectAlike: Connect = (options) => {
    const sql = connect({ ...options, fetch_types: false })
    Object.assign(sql.options.parsers, parsers)
    Object.assign(sql.options.serializers, serializers)
    return sql
  }
  const pool = createPool(connectAlike, sizes)
  /** Makes the connections for LISTEN. */
  const apart = connectAlike({ max: 1, connect_timeout: sizes.timeoutS })
  const { client } = pool
  signal?.addEventListener('abort', () => void pool.end({ timeout: 0 }))
  return {
    db: drizzlePostgres(client) as unknown as Database,
    kind: 'postgres',
    engine: { url },
    listen: async (channel, heard) => {
      // What was told while the connection was gone is not told again: it is heard once more when it is back.
      const { unlisten } = await apart.listen(channel, heard, heard)
      return unlisten
    },
    scripted: async <T>(work: (session: ScriptSession) => Promise<T>) =>
      (await client.begin((tx) =>
        work({
          script: async (text) => void (await tx.unsafe(text).simple()),
          rows: async (text) => Array.from(await tx.unsafe(text)),
        }),
      )) as T,
    pool: pool.state,
    alone: async (text) => void (await pool.use((sql) => sql.unsafe(text).simple())),
    transaction: async <T>(work: (tx: Database, copy: CopyIn) => Promise<T>) =>
      (await client.begin((tx) => {
        // Drizzle reads the options, which a transaction of the driver does not carry.
        const session = Object.assign(tx, { options: client.options })
        return work(drizzlePostgres(session as unknown as postgres.Sql) as unknown as Database, copyInto(tx))
      })) as T,
    close: async () => void (await Promise.all([pool.end({ timeout: 5 }), apart.end({ timeout: 5 })])),
  }
}

/** A Unix socket is named as libpq does, `postgres://user@/name?host=/folder`, which the driver does not read. */
function splitSocket(url: string): { address: string; socketFolder: string | null } {
  if (!URL.canParse(url)) throw new UsageError(`Reading DATABASE_URL: "${url}" is no address like postgres://…`)
  const parsed = new URL(url)
  const socketFolder = parsed.searchParams.get('host')
  parsed.searchParams.delete('host')
  return { address: parsed.toString(), socketFolder }
}

function withoutPassword(url: string): string {
  const parsed = new URL(url)
  parsed.password = ''
  return parsed.toString()
}
