import { join } from 'node:path'
import { z } from 'zod'

/** Bytes of a request, its line end included: a file of claims (`maxClaimsBytes`) as JSON, in which a line end or a quote is two. */
export const maxRequestBytes = 32 * 1024 * 1024
/** Bytes of a socket's path: Linux takes 107, macOS 103. */
const maxPathBytes = 103

/** A command for the server that holds the embedded database: one line of JSON. */
export const requestSchema = z.strictObject({ command: z.string(), input: z.unknown() })

/** Its answer, to the end of the connection: the result, which may be none, or what the command threw. */
export const replySchema = z.union([
  z.strictObject({ error: z.strictObject({ message: z.string(), usage: z.boolean() }) }),
  z.strictObject({ result: z.unknown().optional() }),
])
export type Reply = z.infer<typeof replySchema>

/** The socket of a data folder; null where its path is too long for one. */
export function controlPath(folder: string): string | null {
  const path = join(folder, 'control.sock')
  return Buffer.byteLength(path) > maxPathBytes ? null : path
}

/** What is wrong, and what to do, where the path is too long. */
export const pathTooLong =
  `The path of "control.sock" in the data folder would be longer than ${maxPathBytes} bytes: ` +
  'use a folder with a shorter absolute path (FAIRMILE_DATA)'
