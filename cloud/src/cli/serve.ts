import { flushCompileCache } from 'node:module'
import { Command } from 'commander'
import { readConfig } from '../config.ts'
import { messageOf } from '../errors.ts'
import { createLog, type Log } from '../log.ts'

/** Longest that the end may take, ms: supervisors kill after 30 s as a rule, without a word. */
const endLimitMs = 25_000

/** `serve`: the service until SIGINT or SIGTERM, which also end its start; a second signal ends it at once, and 25 s after the first it ends with 1. */
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
      endAtLast(log)
    })

/** Ends the process where its parts do not end by themselves: a database that is stopped in its tracks answers none of them. */
function endAtLast(log: Log): void {
  const late = () => {
    const undone =
      'ended before everything was finished: what was not acked is sent again, what was under way is undone'
    log.error({ afterMs: endLimitMs }, undone)
    process.exit(1)
  }
  // Where all else has ended, nothing waits for this.
  setTimeout(late, endLimitMs).unref()
}
