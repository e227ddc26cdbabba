import { Command } from 'commander'
import { readConfig } from '../config.ts'
import { createLog } from '../log.ts'
import { startCloud } from '../main.ts'

/** `serve`: the service until SIGINT or SIGTERM; a second signal ends it at once. */
export const serveCommand = (): Command =>
  new Command('serve')
    .description('start the service; prints one JSON line with its addresses when it is ready')
    .action(async () => {
      const stop = Promise.withResolvers<string>()
      for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, stop.resolve)
      const config = readConfig(process.env)
      const log = createLog({ level: config.logLevel })
      await using cloud = await startCloud(config, { log })
      const { http, mqtt } = cloud
      process.stdout.write(`${JSON.stringify({ ready: true, http, mqtt })}\n`)
      log.info({ signal: await stop.promise }, 'stopping')
    })
