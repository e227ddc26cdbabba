import type { IncomingMessage } from 'node:http'
import { z } from 'zod'
import { Refusal } from './answer.ts'

/** Bytes of a body: ten times what the longest needs. */
const maxBodyBytes = 1024

/**
 * Reads a request's JSON body at the border.
 * @throws {Refusal} where it is none, too large, or of another shape
 */
export async function readJson<T>(request: IncomingMessage, schema: z.ZodType<T>): Promise<T> {
  const type = request.headers['content-type'] ?? 'none'
  if (!/^application\/json\b/i.test(type))
    throw new Refusal(415, `The body has the type "${type}"; send application/json.`)
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length
    if (bytes > maxBodyBytes) throw new Refusal(413, `A body may have at most ${maxBodyBytes} bytes.`)
    chunks.push(chunk)
  }
  let json: unknown
  try {
    json = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks)))
  } catch {
    throw new Refusal(400, 'The body is no JSON in UTF-8.')
  }
  const parsed = schema.safeParse(json)
  if (!parsed.success) throw new Refusal(422, z.prettifyError(parsed.error))
  return parsed.data
}
