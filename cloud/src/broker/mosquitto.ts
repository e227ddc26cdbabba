import { cloudSubscriptions, deviceSubscription, lanes, logTopic, streams } from '@fairmile/contract/topics.ts'
import { cloudAccount } from './broker.ts'

/** Bytes of a packet that Mosquitto reads: as the embedded broker does, four times the largest batch. */
const maxPacketBytes = 256 * 1024
/**
 * What may wait in the broker for a process of the cloud that is slow: 4,000 devices with all that one sends without an ack
 * (128 KiB). Beyond it Mosquitto drops, says so in its log and counts it in $SYS, which the cloud's metrics show.
 */
const maxQueuedBytes = 512 * 1024 * 1024
const maxQueuedMessages = 1_000_000
/** More than any process of the cloud asks for: it is the receiver's to say. */
const maxInflight = 1_000
/** As the embedded broker: a device that is not heard of for one and a half times this is gone, seconds. */
const maxKeepaliveS = 300
/** Sessions, retained states and settings are written out this often, seconds, and at the end. */
const autosaveS = 60

/** A device as a broker's files need it. */
export interface BrokerDevice {
  readonly id: string
  /** Mosquitto's hash of its password; null where there is none, or the device is revoked. */
  readonly passwordHash: string | null
}

export interface MosquittoOptions {
  /** Absolute path of the folder that the files are put in. */
  readonly folder: string
  /** Whom Mosquitto runs as where it is started by root. */
  readonly user: string
  /** Address that devices reach; "0.0.0.0" for all. */
  readonly address: string
  /** For devices with certificates. */
  readonly certificatePort: number
  /** For devices with passwords; null where certificates alone are taken. */
  readonly passwordPort: number | null
  /** For the cloud's own processes, with a password; beyond this machine with TLS. */
  readonly cloud: { readonly address: string; readonly port: number; readonly passwordHash: string }
  readonly devices: readonly BrokerDevice[]
}

/** The files that have Mosquitto 2 keep devices apart and lose nothing in silence: names and contents; certificates come beside them. */
export function mosquittoFiles(options: MosquittoOptions): Record<string, string> {
  const { folder, cloud, devices } = options
  const tls = [`certfile ${folder}/server.crt`, `keyfile ${folder}/server.key`, 'tls_version tlsv1.2']
  const rules = ['allow_anonymous false', 'allow_zero_length_clientid false', `acl_file ${folder}/access`]
  const asItself = 'use_username_as_clientid true'
  const certified = [
    '# Devices with their certificates: the common name is the user, and the client id too, so that none takes the place of another.',
    `listener ${options.certificatePort} ${options.address}`,
    ...[...tls, `cafile ${folder}/ca.crt`, `crlfile ${folder}/revoked.crl`],
    ...['require_certificate true', 'use_identity_as_username true', asItself, ...rules],
  ]
  const byPassword = options.passwordPort !== null && [
    '# Devices with their passwords.',
    `listener ${options.passwordPort} ${options.address}`,
    ...[...tls, asItself, ...rules, `password_file ${folder}/device-passwords`],
  ]
  const own = [
    '# The processes of the cloud.',
    `listener ${cloud.port} ${cloud.address}`,
    ...(isLoopback(cloud.address) ? [] : tls),
    ...[...rules, `password_file ${folder}/cloud-passwords`],
  ]
  const passwords = devices.flatMap(({ id, passwordHash }) => (passwordHash ? [`${id}:${passwordHash}`] : []))
  return {
    'mosquitto.conf': paragraphs([head(options), certified, ...(byPassword ? [byPassword] : []), own]),
    access: accessList(),
    'device-passwords': lines(passwords),
    'cloud-passwords': lines([`${cloudAccount}:${cloud.passwordHash}`]),
  }
}

const head = ({ folder, user }: MosquittoOptions): string[] => [
  '# Written by "fairmile-cloud broker mosquitto": run that again instead of changing this.',
  'per_listener_settings true',
  `user ${user}`,
  ...['log_dest stderr', 'log_type error', 'log_type warning', 'log_type notice', 'sys_interval 10'],
  ...['persistence true', `persistence_location ${folder}/store/`, `autosave_interval ${autosaveS}`],
  ...[`max_queued_messages ${maxQueuedMessages}`, `max_queued_bytes ${maxQueuedBytes}`, 'queue_qos0_messages false'],
  ...[`max_inflight_messages ${maxInflight}`, `max_packet_size ${maxPacketBytes}`, `max_keepalive ${maxKeepaliveS}`],
  'set_tcp_nodelay true',
]

/** What a device may touch is told by its user name; the same table of streams that the embedded broker goes by. */
function accessList(): string {
  const user = '%u'
  const { live, state, report } = streams
  const up = [live.topic(user), state.topic(user), report.topic(user), ...lanes.map((lane) => logTopic(user, lane))]
  const down = [streams.ack, streams.config, streams.command].map(({ topic }) => topic('+'))
  return lines([
    ...up.map((topic) => `pattern write ${topic}`),
    `pattern read ${deviceSubscription(user)}`,
    '',
    `user ${cloudAccount}`,
    ...cloudSubscriptions.map((filter) => `topic read ${filter}`),
    ...down.map((topic) => `topic write ${topic}`),
    'topic read $SYS/broker/publish/messages/dropped',
  ])
}

const isLoopback = (address: string): boolean => /^(localhost|127\.[\d.]+|::1)$/.test(address)
const lines = (list: readonly string[]): string => list.map((line) => `${line}\n`).join('')
const paragraphs = (list: readonly (readonly string[])[]): string => list.map(lines).join('\n')
