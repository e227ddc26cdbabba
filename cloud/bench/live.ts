/**
 * Milliseconds from an event to the socket of who may see it: driving updates as ingest publishes them, one driver and one socket each,
 * counted from the moment a message was due, so that a publisher who falls behind does not hide it. The clients are a process of their
 * own; once who publishes and who holds the sockets are one process, with the embedded database, once Redis is between them, with PostgreSQL.
 * The worse of both counts. Sessions are asked for in that database as the service does, at the heart beats of the sockets, which are 30 s
 * apart: in 75 s each socket has two at least.
 */

import { join } from 'node:path'
import { Command } from 'commander'
import { createPostgres } from '../chaos/parts/postgres.ts'
import { createRedis } from '../chaos/parts/redis.ts'
import { openSite } from '../chaos/parts/site.ts'
import { type LiveLoad, type LiveMeasured, runLive } from './parts/live-run.ts'
import { positive, rounded } from './parts/numbers.ts'

const options = new Command('live')
  .description('milliseconds from an event to the socket')
  .addHelpText(
    'before',
    'Examples:\n  npm run bench -- live\n  npm run bench -- live --sockets 500 --seconds 5 --json\n',
  )
  .option('--json', 'print only the JSON line')
  .option('--sockets <n>', 'open so many sockets, one a driver', positive, 2_000)
  .option('--rate <n>', 'publish so many messages a second', positive, 2_000)
  .option('--seconds <n>', 'publish so long, each way', positive, 75)
  .parse()
  .opts<{ json?: true; sockets: number; rate: number; seconds: number }>()

await using site = openSite()
const redis = await createRedis(site)
await redis.start()
const postgres = createPostgres(site)
await postgres.start()
const load = { sockets: options.sockets, messagesPerS: options.rate, seconds: options.seconds }
const ways = {
  inProcess: await measure('in one process', { redisUrl: null, databaseUrl: null }),
  redis: await measure('over Redis', { redisUrl: redis.url, databaseUrl: postgres.url }),
}
const worst = ways.redis.p99Ms >= ways.inProcess.p99Ms ? ways.redis : ways.inProcess
const result = {
  bench: 'live',
  unit: 'ms',
  ours: rounded(worst.p99Ms, 2),
  reference: null,
  ratio: null,
  sockets: options.sockets,
  seconds: options.seconds,
  messagesPerS: rounded(Math.min(ways.inProcess.messagesPerS, ways.redis.messagesPerS)),
  p50Ms: rounded(worst.p50Ms, 2),
  inProcessP99Ms: rounded(ways.inProcess.p99Ms, 2),
  redisP99Ms: rounded(ways.redis.p99Ms, 2),
  maxMs: rounded(Math.max(ways.inProcess.maxMs, ways.redis.maxMs), 2),
  lost: lostOf(ways.inProcess) + lostOf(ways.redis),
  sessionsAsked: ways.inProcess.sessionsAsked + ways.redis.sessionsAsked,
}
process.stdout.write(`${JSON.stringify(result)}\n`)

async function measure(way: string, urls: Pick<LiveLoad, 'redisUrl' | 'databaseUrl'>): Promise<LiveMeasured> {
  const found = await runLive({ ...load, ...urls, folder: join(site.folder, 'live') })
  const { received, published, p50Ms, p99Ms, sessionsAsked } = found
  if (!options.json)
    process.stdout.write(
      `${way}: ${received} of ${published} messages, p50 ${rounded(p50Ms, 2)} ms, p99 ${rounded(p99Ms, 2)} ms; ` +
        `${sessionsAsked} sessions asked for meanwhile\n`,
    )
  return found
}

function lostOf({ published, received }: LiveMeasured): number {
  return published - received
}
