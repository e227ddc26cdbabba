import { isIP } from 'node:net'
import { hostname, userInfo } from 'node:os'
import { resolve } from 'node:path'
import { Command, InvalidArgumentError } from 'commander'
import { loadAuthority } from '../broker/authority.ts'
import { writeMosquitto } from '../broker/write-mosquitto.ts'
import { readConfig } from '../config.ts'
import { UsageError } from '../errors.ts'
import { runCommand } from './run-command.ts'
import { wholeNumberTo } from './whole-number.ts'

interface MosquittoFlags {
  out: string
  host?: string[]
  address: string
  port: number
  passwordPort?: number
  cloudAddress: string
  cloudPort: number
  user: string
  json?: true
}

/** `broker`: brokers that run elsewhere. */
export const brokerCommand = (): Command =>
  new Command('broker').description('brokers that run elsewhere').addCommand(
    new Command('mosquitto')
      .description('write the configuration of a Mosquitto 2 that keeps devices apart')
      .addHelpText(
        'before',
        `Examples:
  fairmile-cloud broker mosquitto --out /etc/mosquitto/fairmile --host mqtt.example.org
  fairmile-cloud broker mosquitto --out /etc/mosquitto/fairmile --host mqtt.example.org --password-port 8884
`,
      )
      .requiredOption('--out <folder>', 'where to write it; written anew where it is there')
      .option('--host <name...>', 'names and addresses that devices reach it under (this machine’s name)', hosts)
      .option('--address <address>', 'address to listen on for devices', address, '0.0.0.0')
      .option('--port <port>', 'for devices with certificates', portNumber, 8883)
      .option('--password-port <port>', 'for devices with passwords (none)', portNumber)
      .option(
        '--cloud-address <address>',
        'address to listen on for the cloud; with TLS beyond this machine',
        address,
        '127.0.0.1',
      )
      .option('--cloud-port <port>', 'for the cloud’s own processes', portNumber, 1883)
      .option('--user <name>', 'whom Mosquitto runs as where root starts it', user, 'mosquitto')
      .option('--json', 'one object')
      .action(writeFiles),
  )

async function writeFiles(flags: MosquittoFlags): Promise<void> {
  const ports = [flags.port, flags.cloudPort, ...(flags.passwordPort === undefined ? [] : [flags.passwordPort])]
  if (new Set(ports).size < ports.length)
    throw new UsageError(`Writing the configuration of a Mosquitto: its ports must differ, not be ${ports.join(', ')}`)
  const folder = resolve(flags.out)
  const logins = await runCommand('devices logins', {})
  const written = await writeMosquitto({
    ...{ folder, user: flags.user, address: flags.address, hosts: flags.host ?? [hostname()] },
    ...{ certificatePort: flags.port, passwordPort: flags.passwordPort ?? null },
    cloud: { address: flags.cloudAddress, port: flags.cloudPort },
    authority: await loadAuthority(readConfig(process.env).authorityDir),
    devices: logins,
    revoked: logins.flatMap(({ revoked, serial }) => (revoked && serial ? [serial] : [])),
  })
  const { config, passwordFile, serverUntil, authorityUntil } = written
  const without = logins.filter(({ revoked, passwordHash }) => !revoked && passwordHash === null)
  if (flags.passwordPort !== undefined && without.length > 0)
    console.error(
      `${without.length} devices were claimed before passwords were kept for Mosquitto: they need a new claim code.`,
    )
  if (userInfo().username !== flags.user)
    console.error(`Mosquitto must be able to read it: chown -R ${flags.user}: ${folder}`)
  console.error(`The cloud's processes: MQTT_URL=mqtt://HOST:${flags.cloudPort} MQTT_PASSWORD_FILE=${passwordFile}`)
  console.error(
    `The broker's certificate holds until ${dayOf(serverUntil)}, the devices' authority and the list of the revoked until ${dayOf(authorityUntil)}. ` +
      `Run this again before ${dayOf(serverUntil)}, and start Mosquitto anew: from then on devices refuse the broker.`,
  )
  process.stdout.write(`${flags.json ? JSON.stringify(written) : config}\n`)
}

const portNumber = wholeNumberTo(65_535)
const dayOf = (date: Date): string => date.toISOString().slice(0, 10)

/** Labels of letters, digits and dashes with dots between (RFC 1123), or an IP address. */
function hosts(text: string, before: string[] = []): string[] {
  if (isIP(text) === 0 && (text.length > 253 || !/^(?!-)[a-z\d-]{1,63}(\.(?!-)[a-z\d-]{1,63})*$/i.test(text)))
    throw new InvalidArgumentError('expected a host name like mqtt.example.org, or an IP address.')
  return [...before, text]
}

function address(text: string): string {
  if (isIP(text) === 0 && text !== 'localhost') throw new InvalidArgumentError('expected an IP address.')
  return text
}

function user(text: string): string {
  if (!/^[a-z_][\w.-]{0,31}$/i.test(text))
    throw new InvalidArgumentError('expected the name of a user: letters, digits, dots, dashes and underscores.')
  return text
}
