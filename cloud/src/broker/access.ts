import {
  cloudSubscriptions,
  deviceSubscription,
  isDownTopic,
  parseUpTopic,
  streams,
} from '@fairmile/contract/topics.ts'

/** True where the device may publish there: its own topics to the cloud. */
export const mayPublish = (device: string, topic: string): boolean => parseUpTopic(topic)?.device === device

/** True where a message on this topic may be retained: the newest state alone, so that retained messages stay one a device. */
export const mayRetain = (topic: string): boolean => parseUpTopic(topic)?.stream === 'state'

/** True where the device may subscribe: exactly its own topics from the cloud, or all of them at once. */
export function maySubscribe(device: string, filter: string): boolean {
  return [
    deviceSubscription(device),
    streams.ack.topic(device),
    streams.config.topic(device),
    streams.command.topic(device),
  ].includes(filter)
}

/** True where the cloud's own account may publish there: topics to devices. */
export const cloudMayPublish = isDownTopic

/** True where the cloud's own account may subscribe: everything that devices send, at once. */
export const cloudMaySubscribe = (filter: string): boolean => cloudSubscriptions.includes(filter)
