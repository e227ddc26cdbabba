import { randomInt } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:net'

/** Below the ports that the system gives to whoever asks for any: none of these is taken by chance before it is listened on. */
const [lowest, highest] = [11_000, 32_000]
/** Ports that are looked at; of so many one is free. */
const looks = 100

/**
 * A TCP port of this machine that nobody listens on.
 *
 * @throws {Error} where none is found
 */
export async function freePort(): Promise<number> {
  for (let n = 0; n < looks; n++) {
    const port = randomInt(lowest, highest)
    const server = createServer().listen(port, '127.0.0.1')
    try {
      await once(server, 'listening')
    } catch {
      continue
    }
    server.close()
    await once(server, 'close')
    return port
  }
  throw new Error('Looking for a free port: found none')
}
