import { generate, type Packet } from 'mqtt-packet'
import type { Lots } from '../../../scripts/chaos/lots.ts'

/** Who the attacker logs in as. */
export const attacker = 'DEV-1'

const topic = (rest: string): string => `fairmile/v1/${attacker}/${rest}`
const login = { clientId: attacker, username: attacker, password: Buffer.from('secret'), keepalive: 30, clean: true }
const will = { topic: topic('up/state'), payload: Buffer.from('gone'), qos: 1 as const, retain: true }

/** One of each kind that a client may send, and some that it may not. */
const packets: Packet[] = [
  { cmd: 'connect', protocolId: 'MQTT', protocolVersion: 4, ...login, will },
  { cmd: 'connect', protocolId: 'MQTT', protocolVersion: 5, ...login, properties: { receiveMaximum: 10 } },
  {
    cmd: 'publish',
    topic: topic('up/log/trips'),
    payload: Buffer.alloc(200, 7),
    qos: 1,
    messageId: 7,
    dup: false,
    retain: false,
  },
  { cmd: 'publish', topic: topic('up/live'), payload: '{}', qos: 0, dup: false, retain: false },
  { cmd: 'publish', topic: topic('up/state'), payload: 'x', qos: 2, messageId: 9, dup: false, retain: true },
  { cmd: 'pubrel', messageId: 9 },
  { cmd: 'puback', messageId: 7 },
  { cmd: 'pubrec', messageId: 3 },
  { cmd: 'pubcomp', messageId: 3 },
  { cmd: 'subscribe', messageId: 11, subscriptions: [{ topic: topic('down/#'), qos: 1 }] },
  { cmd: 'unsubscribe', messageId: 12, unsubscriptions: [topic('down/#')] },
  { cmd: 'pingreq' },
  { cmd: 'disconnect' },
  { cmd: 'connack', returnCode: 0, sessionPresent: false },
  { cmd: 'suback', messageId: 11, granted: [1] },
]
const encoded = packets.map((packet) => generate(packet))

/** A log-in that is right, so that what follows it is read. */
export const goodLogin: Buffer = generate({ cmd: 'connect', protocolId: 'MQTT', protocolVersion: 4, ...login })

/** One packet, damaged in one to four places: bits, bytes, lengths, cuts, pieces put in or doubled. */
export function mutatedPacket(lots: Lots): Buffer {
  let bytes: Buffer = Buffer.from(lots.pick(encoded))
  for (let times = 1 + lots.below(4); times > 0; times--) bytes = lots.pick(mutations)(bytes, lots)
  return bytes
}

type Mutation = (bytes: Buffer, lots: Lots) => Buffer
const mutations: readonly Mutation[] = [
  (bytes, lots) => changed(bytes, lots.below(bytes.length), (byte) => byte ^ (1 << lots.below(8))),
  (bytes, lots) => changed(bytes, lots.below(bytes.length), () => lots.below(256)),
  (bytes, lots) => changed(bytes, 0, (byte) => (byte & 0xf0) | lots.below(16)),
  (bytes, lots) => changed(bytes, 1, () => lots.pick([0, 1, 2, 0x7f, 0x80, 0xff])),
  (bytes, lots) => bytes.subarray(0, 1 + lots.below(bytes.length)),
  (bytes, lots) =>
    joined(
      bytes,
      lots.below(bytes.length),
      Buffer.from(Array.from({ length: 1 + lots.below(8) }, () => lots.below(256))),
    ),
  (bytes, lots) => joined(bytes, lots.below(bytes.length), bytes.subarray(0, lots.below(bytes.length))),
  (bytes, lots) => joined(bytes, bytes.length, lots.pick(encoded)),
]

function changed(bytes: Buffer, at: number, by: (byte: number) => number): Buffer {
  const copy = Buffer.from(bytes)
  if (at < copy.length) copy[at] = by(copy[at] ?? 0)
  return copy
}

const joined = (bytes: Buffer, at: number, piece: Buffer): Buffer =>
  Buffer.concat([bytes.subarray(0, at), piece, bytes.subarray(at)])
