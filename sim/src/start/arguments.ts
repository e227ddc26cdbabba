import { resolve } from 'node:path'
import { Command, InvalidArgumentError } from 'commander'

/** What `npm start` was asked to do. */
export interface Arguments {
  /** Folder of a recording to play; null drives simulated. */
  recording: string | null
  /** Times real time. */
  speed: number
  /** Ends when all is delivered. */
  once: boolean
  port: number
  dataDir: string
  /** Simulated drives; Infinity for no end. */
  drives: number
  /** Length of simulated drives, minutes; null draws them around five. */
  minutes: number | null
  seed: number
}

/** An ordinary driver whose first drive has two firm brakes to show; the next ones are calm. */
const DEMO_SEED = 140

/** Reads the command line; prints help or what is wrong and exits where it must. */
export function readArguments(argv: readonly string[]): Arguments {
  const program = new Command('npm start --')
    .description('Starts the cloud, a car and the agent in it, on this machine.')
    .addHelpText(
      'before',
      `Examples:
  npm start                                            simulated drives, live, until Ctrl-C
  npm start -- --recording drives/monday --speed 10    a recording through the same doors
  npm start -- --drives 1 --minutes 5 --speed 10 --once
`,
    )
    .option('--recording <folder>', 'play this recording once instead of simulated drives')
    .option('--speed <n>', 'play at n times real time; needs --recording or --drives', positive, 1)
    .option('--once', 'end when everything is delivered, instead of staying up for looking', false)
    .option('--port <n>', 'port of the pages and the API; 0 takes a free one', port, 8000)
    .option('--data <folder>', 'where the data are kept', 'data')
    .option('--drives <n>', 'simulated drives to make; without end if not given', positive)
    .option('--minutes <m>', 'length of each simulated drive; drawn from 4 to 6 if not given', positive)
    .option('--seed <n>', 'seed of the simulated driver and their roads', positive, DEMO_SEED)
    .addHelpText(
      'after',
      `
DATABASE_URL, REDIS_URL and MQTT_URL are passed on to the cloud; without them it brings its own parts.`,
    )
    .parse([...argv])
  const options = program.opts<{
    recording?: string
    speed: number
    once: boolean
    port: number
    data: string
    drives?: number
    minutes?: number
    seed: number
  }>()
  const ends = options.recording !== undefined || options.drives !== undefined
  if (options.speed !== 1 && !ends)
    program.error('error: --speed needs --recording or --drives: driving without end would run ahead of the clock.')
  if (options.once && !ends) program.error('error: --once needs --recording or --drives: driving has no end otherwise.')
  return {
    recording: options.recording === undefined ? null : resolve(options.recording),
    speed: options.speed,
    once: options.once,
    port: options.port,
    dataDir: resolve(options.data),
    drives: options.drives ?? Number.POSITIVE_INFINITY,
    minutes: options.minutes ?? null,
    seed: options.seed,
  }
}

function positive(text: string): number {
  const value = Number(text)
  if (!(value > 0)) throw new InvalidArgumentError('give a number above 0.')
  return value
}

function port(text: string): number {
  const value = Number(text)
  if (!Number.isInteger(value) || value < 0 || value > 65_535)
    throw new InvalidArgumentError('give a port, 0 to 65535.')
  return value
}
