import type { DeadLetter, DeadLetterReplay } from '@fairmile/contract/http/dead-letters.ts'
import type { DeadDelivery } from '@fairmile/contract/http/deliveries.ts'
import type { NotificationDelivery } from '@fairmile/contract/http/notification-deliveries.ts'
import type { Page } from '@fairmile/contract/http/page.ts'
import { answer, client } from './client.ts'
import { of, queryOf, until } from './parameters.ts'

const { GET, POST } = client
const paged = (cursor: string | null) => queryOf({ cursor, limit: 50 })

/** A message that was given up, whichever way it was on. */
export interface DeadMessage {
  readonly id: string
  /** When it came, or happened. */
  readonly at: string
  /** What it is: a topic, an event, a channel. */
  readonly what: string
  /** Whose it is, or whom it was for. */
  readonly of: string
  readonly reason: string
  readonly tries: number
  /** What is known of it without asking. */
  readonly facts: Readonly<Record<string, unknown>>
  /** Where its bytes are; null where it has none. */
  readonly file: string | null
  /** False where nothing can be tried again. */
  readonly replayable: boolean
}

/** A way that messages go, with those that were given up on it. */
interface DeadSource {
  list(cursor: string | null, signal?: AbortSignal): Promise<Page<DeadMessage>>
  /** What is in one, or what it says of itself. */
  look(message: DeadMessage, signal?: AbortSignal): Promise<unknown>
  /** Tries some again; gives what became of them, in words. */
  replay(messages: readonly DeadMessage[]): Promise<string>
}

export const deadWays = ['devices', 'events', 'notifications'] as const
export type DeadWay = (typeof deadWays)[number]

/** What was given up of messages from devices, of domain events and of notifications. */
export const deadSources: Record<DeadWay, DeadSource> = {
  devices: {
    list: async (cursor, signal) => {
      const query = { ...paged(cursor), replayed: 'false' as const }
      return told(await answer(GET('/api/v1/dead-letters', { params: { query }, ...until(signal) })), ofLetter)
    },
    look: ({ id }, signal) => answer(GET('/api/v1/dead-letters/{letterId}', of({ letterId: id }, signal))),
    replay: async (messages) =>
      letterWords(await answer(POST('/api/v1/dead-letters/replay', { body: { ids: messages.map(({ id }) => id) } }))),
  },
  events: {
    list: async (cursor, signal) =>
      told(
        await answer(GET('/api/v1/admin/deliveries/dead', { params: { query: paged(cursor) }, ...until(signal) })),
        ofEvent,
      ),
    look: async ({ facts }) => facts.event,
    replay: async (messages) => {
      let replayed = 0
      for (const [consumer, some] of Map.groupBy(messages, (message) => message.of)) {
        const body = { consumer, eventIds: some.map(({ facts }) => String(facts.eventId)), limit: 1000 }
        replayed += (await answer(POST('/api/v1/admin/deliveries/replay', { body }))).replayed
      }
      return againWords(replayed)
    },
  },
  notifications: {
    list: async (cursor, signal) => {
      const query = { ...paged(cursor), state: 'dead' as const }
      const page = await answer(GET('/api/v1/admin/notification-deliveries', { params: { query }, ...until(signal) }))
      return told(page, ofNotification)
    },
    look: async ({ facts }) => facts,
    replay: async (messages) => {
      const body = { ids: messages.map(({ id }) => id), limit: 1000 }
      return againWords((await answer(POST('/api/v1/admin/notification-deliveries/replay', { body }))).replayed)
    },
  },
}

const told = <T>({ items, nextCursor }: Page<T>, messageOf: (item: T) => DeadMessage): Page<DeadMessage> => ({
  items: items.map(messageOf),
  nextCursor,
})

const ofLetter = ({ id, receivedAt, deviceId, topic, reason, detail, tries, hasPayload }: DeadLetter): DeadMessage => ({
  ...{ id, at: receivedAt, what: topic, of: deviceId ?? 'no device', reason: `${reason}: ${detail}`, tries, facts: {} },
  file: hasPayload ? `/api/v1/dead-letters/${id}/payload` : null,
  replayable: hasPayload,
})

const ofEvent = ({ consumer, attempts, error, event }: DeadDelivery): DeadMessage => ({
  ...{ id: `${consumer} ${event.id}`, at: event.time, what: `${event.type.split('.')[1]} of ${event.subject}` },
  ...{ of: consumer, reason: error ?? 'no error was kept', tries: attempts, facts: { eventId: event.id, event } },
  ...{ file: null, replayable: true },
})

const ofNotification = (delivery: NotificationDelivery): DeadMessage => ({
  ...{
    id: delivery.id,
    at: delivery.createdAt,
    what: delivery.passwordLink ? 'email, password link' : delivery.channel,
    of: delivery.target,
  },
  ...{ reason: delivery.error ?? 'no error was kept', tries: delivery.attempts, facts: { ...delivery } },
  ...{ file: null, replayable: true },
})

const againWords = (replayed: number): string =>
  replayed === 0 ? 'None of them is dead any more.' : `${replayed} to be tried again, within seconds.`

function letterWords({ letters }: DeadLetterReplay): string {
  const taken = letters.filter(({ outcome }) => outcome === 'replayed').length
  const refused = letters.filter(({ outcome }) => outcome === 'rejected')
  const reasons = [...new Set(refused.map(({ reason }) => reason))].join(', ')
  const left = letters.length - taken - refused.length
  return [
    `${taken} stored.`,
    ...(refused.length > 0 ? [`${refused.length} refused again: ${reasons}.`] : []),
    ...(left > 0 ? [`${left} cannot be replayed.`] : []),
  ].join(' ')
}
