/** The one table of MQTT streams: nothing else in the code spells a topic. */

/** Lanes of the device log, by worth: the first is sent first and dropped last. */
export const lanes = ['urgent', 'trips', 'telematics', 'raw'] as const
export type Lane = (typeof lanes)[number]

interface Stream {
  readonly topic: (device: string) => string
  readonly qos: 0 | 1
  readonly retain: boolean
  readonly from: 'device' | 'cloud'
}

const root = 'fairmile/v1'

export const streams = {
  live: { topic: (device) => `${root}/${device}/up/live`, qos: 0, retain: false, from: 'device' },
  state: { topic: (device) => `${root}/${device}/up/state`, qos: 1, retain: true, from: 'device' },
  report: { topic: (device) => `${root}/${device}/up/report`, qos: 1, retain: false, from: 'device' },
  ack: { topic: (device) => `${root}/${device}/down/ack`, qos: 1, retain: false, from: 'cloud' },
  config: { topic: (device) => `${root}/${device}/down/config`, qos: 1, retain: true, from: 'cloud' },
  command: { topic: (device) => `${root}/${device}/down/command`, qos: 1, retain: false, from: 'cloud' },
} as const satisfies Record<string, Stream>

/** Topic of one lane of the device log (QoS 1, device to cloud). */
export const logTopic = (device: string, lane: Lane): string => `${root}/${device}/up/log/${lane}`

/** What the cloud subscribes to, for every device. */
export const cloudSubscriptions: readonly string[] = [`${root}/+/up/#`]

/** The same for one of several processes that share the work: what is stored goes to one of them, states to all. */
export const cloudShares: readonly string[] = [`${root}/+/up/log/+`, `${root}/+/up/live`, `${root}/+/up/report`]
export const cloudStates = streams.state.topic('+')

/** True for a topic that the cloud publishes on. */
export function isDownTopic(topic: string): boolean {
  const device = topic.split('/')[2] ?? ''
  return [streams.ack, streams.config, streams.command].some((stream) => stream.topic(device) === topic)
}

/** What a device subscribes to. */
export const deviceSubscription = (device: string): string => `${root}/${device}/down/#`

/** A parsed device-to-cloud topic. */
export type UpTopic =
  | { readonly device: string; readonly stream: 'live' | 'state' | 'report' }
  | { readonly device: string; readonly stream: 'log'; readonly lane: Lane }

/** Reads a device-to-cloud topic; null for anything that is not exactly one of ours. */
export function parseUpTopic(topic: string): UpTopic | null {
  const [name, version, device, direction, stream, lane, ...rest] = topic.split('/')
  if (`${name}/${version}` !== root || !device || direction !== 'up' || rest.length > 0) return null
  if ((stream === 'live' || stream === 'state' || stream === 'report') && lane === undefined) return { device, stream }
  if (stream === 'log' && isLane(lane)) return { device, stream, lane }
  return null
}

function isLane(value: string | undefined): value is Lane {
  return lanes.some((lane) => lane === value)
}
