import { flushCompileCache } from 'node:module'
import { Command } from 'commander'
import { readConfig } from '../config.ts'
import { messageOf } from '../errors.ts'
import { createLog } from '../log.ts'

/** `serve`: the service until SIGINT or SIGTERM, which also end its start; a second signal ends it at once. */
export const serveCommand = (): Command =>
  new Command('serve')
    .description('start the service; prints one JSON line with its addresses when it is ready')
    .action(async () => {
      const stop = new AbortController()
      const stopped = new Promise((resolve) => stop.signal.addEventListener('abort', resolve))
      for (const name of ['SIGINT', 'SIGTERM'] as const)
        process.once(name, () => stop.abort(new Error(`stopped by ${name}`)))
      const config = readConfig(process.env)
      // Imported here: the other commands would wait a second for what only the service needs.
      const { startCloud } = await import('../main.ts')
      const log = createLog({ level: config.logLevel })
      await using cloud = await startCloud(config, { log, signal: stop.signal }).catch((error) => {
        if (!stop.signal.aborted) throw error
        log.info({ error: messageOf(error) }, 'stopped while it started')
        return null
      })
      if (!cloud) return
      const { http, mqtt } = cloud
      process.stdout.write(`${JSON.stringify({ ready: true, http, mqtt })}\n`)
      // Written now: who is killed writes nothing, and is the one who has to be back soon.
      flushCompileCache()
      await stopped
      log.info({ reason: messageOf(stop.signal.reason) }, 'stopping')
    })
