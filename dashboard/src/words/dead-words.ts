import type { DeadWay } from '../data/dead-messages.ts'

interface DeadWords {
  readonly title: string
  /** Headings: what it is, and whose. */
  readonly what: string
  readonly of: string
  /** What that there is none means. */
  readonly empty: string
}

/** How the ways of messages are called. */
export const deadWords: Record<DeadWay, DeadWords> = {
  devices: {
    title: 'From boxes',
    what: 'Topic',
    of: 'Box',
    empty: 'Every message of a box could be decoded, verified and stored, or was replayed.',
  },
  events: {
    title: 'Domain events',
    what: 'Event',
    of: 'Consumer',
    empty: 'Every event was handled by all of its consumers, or waits for another try.',
  },
  notifications: {
    title: 'Notifications',
    what: 'Channel',
    of: 'To',
    empty: 'Every e-mail, push and webhook message was taken, or waits for another try.',
  },
}
