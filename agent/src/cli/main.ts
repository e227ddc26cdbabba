import { Command, CommanderError } from 'commander'
import about from '../../package.json' with { type: 'json' }
import { StartError, type StartErrorCode } from '../errors.ts'

/** The commands; each is loaded when it is called, so that `decode` needs no model and `status` no serial port. */
const commands: Record<string, { summary: string; load: () => Promise<Command> }> = {
  run: {
    summary: 'sense, keep and tell, until stopped',
    load: async () => (await import('./run.ts')).runCommand(),
  },
  replay: {
    summary: 'run a recording through the agent without a cloud',
    load: async () => (await import('./replay.ts')).replayCommand(),
  },
  maps: {
    summary: 'make the map that speed limits are looked up in, without a network',
    load: async () => (await import('./maps.ts')).mapsCommand(),
  },
  decode: {
    summary: 'decode NMEA sentences into one JSON object per fix',
    load: async () => (await import('./decode.ts')).decodeCommand(),
  },
  doctor: {
    summary: 'check the sensors, the disk, the clock and the cloud, and say what to do',
    load: async () => (await import('./doctor.ts')).doctorCommand(),
  },
  phones: {
    summary: 'list, pair and remove the phones that tell whether they are in use',
    load: async () => (await import('./phones.ts')).phonesCommand(),
  },
  status: {
    summary: 'tell what is stored and what the cloud has acked',
    load: async () => (await import('./status.ts')).statusCommand(),
  },
}

const exitCodes: Record<StartErrorCode, number> = {
  bad_data_folder: 2,
  bad_config: 2,
  outbox_locked: 3,
  not_claimed: 4,
  claim_refused: 4,
  bad_identity: 4,
}

const program = new Command('fairmile-agent')
  .description('The process in the car: senses, keeps, tells.')
  .version(about.version)
  .addHelpText(
    'before',
    `Examples:
  $ FAIRMILE_GNSS=serial:/dev/serial0 FAIRMILE_IMU=i2c:1 fairmile-agent run
  $ fairmile-agent status --json
  $ fairmile-agent replay drives/monday | tail -1
`,
  )
  .addHelpText(
    'after',
    `
Settings come from the environment: FAIRMILE_DATA, FAIRMILE_CLOUD_URL, FAIRMILE_CLAIM_CODE, MQTT_URL, FAIRMILE_GNSS,
FAIRMILE_GNSS_SETUP, FAIRMILE_IMU, FAIRMILE_RAW, FAIRMILE_UPLINK, FAIRMILE_SLEEP, FAIRMILE_RECORDING, FAIRMILE_MAP, FAIRMILE_SCREEN, FAIRMILE_SCREEN_PAGES, FAIRMILE_ALERTS,
FAIRMILE_TIME_ZONE, FAIRMILE_LOG_LEVEL; "fairmile-agent help run" explains them.
Exit codes: 0 well, 1 failed, 2 wrong use or settings, 3 another agent holds the data, 4 the device is not claimed.`,
  )
  .exitOverride()

/** Runs the command line that the process was started with; sets its exit code. */
export async function runProgram(): Promise<void> {
  const [first, second] = process.argv.slice(2)
  const called = first === 'help' ? second : first
  for (const [name, { summary, load }] of Object.entries(commands))
    program.addCommand(
      (name === called ? await load() : new Command(name).description(summary)).copyInheritedSettings(program),
    )

  try {
    await program.parseAsync()
  } catch (error) {
    if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : exitCodes.bad_config
    else {
      // A reason that a person can mend needs no stack.
      process.stderr.write(`${error instanceof StartError ? error.message : describe(error)}\n`)
      process.exitCode = error instanceof StartError ? exitCodes[error.code] : 1
    }
  }
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const { code, path } = error as NodeJS.ErrnoException
  if (code === 'ENOENT' && path !== undefined)
    return `Opening "${path}": there is no such file or folder. Check the path.`
  return process.env.FAIRMILE_LOG_LEVEL === 'debug' ? (error.stack ?? error.message) : error.message
}
