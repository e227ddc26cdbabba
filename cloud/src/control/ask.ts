import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import type { FolderInUseError } from '../db/folder-lock.ts'
import { messageOf, UsageError } from '../errors.ts'
import { controlPath, maxRequestBytes, pathTooLong, replySchema } from './protocol.ts'

/** No server listens: the folder is held by another command, or by a server that has not started yet or is stopping. */
const notListening = new Set<unknown>(['ENOENT', 'ECONNREFUSED'])

/** A command for the process that holds a folder. */
export interface Question {
  folder: string
  command: string
  input: unknown
  /** What is wrong where nobody answers. */
  inUse: FolderInUseError
}

/**
 * Has the server that holds the embedded database run a command, and gives its result.
 *
 * @throws {UsageError} where no server listens, or as the command itself throws it
 */
export async function askServer({ folder, command, input, inUse }: Question): Promise<unknown> {
  const path = controlPath(folder)
  if (path === null) throw new UsageError(`${inUse.message}. ${pathTooLong}`)
  const request = `${JSON.stringify({ command, input })}\n`
  if (Buffer.byteLength(request) > maxRequestBytes)
    throw new UsageError(`Asking the server for "${command}": the arguments are longer than ${maxRequestBytes} bytes`)
  const reply = readReply(command, await exchange(path, request, inUse))
  if (!('error' in reply)) return reply.result
  const { message, usage } = reply.error
  throw usage ? new UsageError(message) : new Error(message)
}

async function exchange(path: string, request: string, inUse: FolderInUseError): Promise<string> {
  const socket = connect(path)
  socket.write(request)
  try {
    return await text(socket)
  } catch (cause) {
    if (notListening.has((cause as NodeJS.ErrnoException).code)) throw inUse
    throw new Error(`Asking the server at "${path}": ${messageOf(cause)}`, { cause })
  }
}

function readReply(command: string, line: string) {
  try {
    return replySchema.parse(JSON.parse(line))
  } catch (cause) {
    throw new Error(`Asking the server for "${command}": it ended before it had answered`, { cause })
  }
}
