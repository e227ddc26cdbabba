/**
 * NMEA sentences a second from bytes to fixes as JSON lines: `fairmile-agent decode FILE` against `gpsdecode < FILE`, whole
 * processes one after the other on the same log, the start of each included, the best of the rounds of each.
 */

import { spawnSync } from 'node:child_process'
import { closeSync, openSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Command, InvalidArgumentError } from 'commander'
import { ensureServers, gpsdecode } from '../../scripts/servers.ts'
import { longLogs } from './parts/long-logs.ts'

const positive = (text: string): number => {
  if (!/^[1-9]\d*$/.test(text)) throw new InvalidArgumentError('a whole number of at least 1')
  return Number(text)
}
const options = new Command('nmea')
  .description('fairmile-agent decode against gpsdecode on the same logs')
  .addHelpText('before', 'Examples:\n  npm run bench -- nmea\n  npm run bench -- nmea --log drive.nmea --json\n')
  .option('--json', 'print only the JSON line')
  .option('--log <file>', 'use this log alone')
  .option('--sentences <n>', 'repeat each log until it has so many', positive, 1_000_000)
  .option('--rounds <n>', 'measure each so often, by turns', positive, 3)
  .parse()
  .opts<{ json?: true; log?: string; sentences: number; rounds: number }>()

const agent = fileURLToPath(new URL('../bin/fairmile-agent.mjs', import.meta.url))
const programs = {
  ours: (log: string) => ({ command: process.execPath, args: [agent, 'decode', log] }),
  reference: () => ({ command: 'gpsdecode', args: ['--json'] }),
}

/** Seconds that a program takes for a log, which it may also read from its standard input. */
const secondsOf = (program: keyof typeof programs, log: string): number => {
  const { command, args } = programs[program](log)
  const input = openSync(log, 'r')
  try {
    const start = performance.now()
    const { status, error, stderr } = spawnSync(command, args, { stdio: [input, 'ignore', 'pipe'] })
    const seconds = (performance.now() - start) / 1000
    if (status !== 0) throw new Error(`Running ${command} on "${log}": ${error ?? stderr}`)
    return seconds
  } finally {
    closeSync(input)
  }
}

ensureServers([gpsdecode])
const total = { sentences: 0, ours: 0, reference: 0 }
const logs: Record<string, { ours: number; reference: number; ratio: number }> = {}
const round = (value: number, digits = 0): number => Number(value.toFixed(digits))
for (const { name, path } of longLogs(options.log ?? null, options.sentences)) {
  const sentences = readFileSync(path, 'latin1').match(/^\$/gm)?.length ?? 0
  const best = { ours: Number.POSITIVE_INFINITY, reference: Number.POSITIVE_INFINITY }
  for (let n = 0; n < options.rounds; n++)
    for (const program of ['ours', 'reference'] as const)
      best[program] = Math.min(best[program], secondsOf(program, path))
  const ratio = round(best.reference / best.ours, 2)
  logs[name] = { ours: round(sentences / best.ours), reference: round(sentences / best.reference), ratio }
  total.sentences += sentences
  total.ours += best.ours
  total.reference += best.reference
  if (!options.json)
    process.stdout.write(`${name}: ${logs[name].ours} sentences/s, gpsdecode ${logs[name].reference}\n`)
}
const result = {
  bench: 'nmea',
  unit: 'sentences/s',
  ours: round(total.sentences / total.ours),
  reference: round(total.sentences / total.reference),
  ratio: round(total.reference / total.ours, 3),
  worstRatio: Math.min(...Object.values(logs).map(({ ratio }) => ratio)),
  sentences: total.sentences,
  logs,
}
process.stdout.write(`${JSON.stringify(result)}\n`)
