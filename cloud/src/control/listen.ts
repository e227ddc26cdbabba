import { once } from 'node:events'
import { rmSync } from 'node:fs'
import { createServer, type Server, type Socket } from 'node:net'
import type { OpenDatabase } from '../db/open.ts'
import { messageOf, UsageError } from '../errors.ts'
import type { Log } from '../log.ts'
import { runOnDatabase } from './commands.ts'
import { controlPath, maxRequestBytes, pathTooLong, type Reply, requestSchema } from './protocol.ts'

/** How long a request may take to arrive, and a reply to be taken on: both ends are on one machine. */
const patienceMs = 10_000

export interface ControlOptions {
  /** The folder of the embedded database; the caller holds its lock. */
  folder: string
  database: OpenDatabase
  log: Log
}

/**
 * Takes commands for the embedded database on a Unix socket in its folder, which its owner alone may open.
 *
 * Closing it lets running commands end and removes the socket. Where there can be no socket, it says so and takes none:
 * the service itself needs none.
 */
export async function listenForCommands({
  folder,
  database,
  log,
}: ControlOptions): Promise<{ close(): Promise<void> }> {
  const waiting = new Set<Socket>()
  const server = createServer(async (socket) => {
    socket.on('error', (error) => log.debug({ error }, 'who asked for a command has gone'))
    waiting.add(socket)
    const reply = await readLine(socket)
      .finally(() => waiting.delete(socket))
      .then((line) => (line === null ? null : run(line, database, log)))
      .catch(refusal)
    if (reply === null) return
    socket.setTimeout(patienceMs, () => socket.destroy())
    socket.end(reply, () => socket.destroy())
  })
  try {
    await bind(server, folder)
  } catch (error) {
    log.warn({ error }, 'other commands cannot use the embedded database while this server runs')
    return { close: async () => {} }
  }
  server.on('error', (error) => log.warn({ error }, 'a command from the command line was not taken'))
  return {
    async close() {
      const closed = once(server, 'close')
      server.close()
      for (const socket of waiting) socket.destroy()
      await closed
    },
  }
}

/** Puts the socket in the place of one that a killed server left; it is never open to others, not even for a moment. */
async function bind(server: Server, folder: string): Promise<void> {
  const path = controlPath(folder)
  if (path === null) throw new UsageError(pathTooLong)
  rmSync(path, { force: true })
  const mask = process.umask(0o177)
  try {
    server.listen(path)
  } finally {
    process.umask(mask)
  }
  await once(server, 'listening')
}

/** The first line of a connection; null where it ends or takes too long before that. */
function readLine(socket: Socket): Promise<string | null> {
  const { promise, resolve, reject } = Promise.withResolvers<string | null>()
  const chunks: Buffer[] = []
  let bytes = 0
  const tooLate = setTimeout(() => socket.destroy(), patienceMs)
  const read = (chunk: Buffer) => {
    const end = chunk.indexOf(0x0a)
    chunks.push(end < 0 ? chunk : chunk.subarray(0, end))
    bytes += end < 0 ? chunk.length : end + 1
    if (bytes > maxRequestBytes) reject(new UsageError(`A request is longer than ${maxRequestBytes} bytes`))
    else if (end >= 0) resolve(Buffer.concat(chunks).toString('utf8'))
    else return
    clearTimeout(tooLate)
    socket.off('data', read)
    socket.pause()
  }
  socket.on('data', read)
  socket.once('close', () => {
    clearTimeout(tooLate)
    resolve(null)
  })
  return promise
}

/** Runs the command of a line and gives the reply's text. */
async function run(line: string, database: OpenDatabase, log: Log): Promise<string> {
  const { command, input } = parseRequest(line)
  log.info({ command }, 'command from the command line')
  return toText({ result: await runOnDatabase(database, command, input) })
}

function parseRequest(line: string) {
  try {
    return requestSchema.parse(JSON.parse(line))
  } catch (cause) {
    throw new UsageError('A request is one line of JSON: {"command": …, "input": …}', { cause })
  }
}

const refusal = (error: unknown) => toText({ error: { message: messageOf(error), usage: error instanceof UsageError } })

const toText = (reply: Reply) => `${JSON.stringify(reply)}\n`
