import { Admin } from '@platformatic/kafka'
import { messageOf } from '../../errors.ts'

/** Partitions of a new topic: as many workers may read side by side. */
const partitions = 12
/** How long an answer of Kafka is waited for: a connection of the database may be held meanwhile. */
export const timeoutMs = 5_000
/** How long the end waits for Kafka's goodbye. */
const closeMs = 3_000

/** What every client of ours is made with. */
export type KafkaClient = ReturnType<typeof kafkaClient>

/** @param brokers `host:port` of each */
export const kafkaClient = (brokers: readonly string[]) => ({
  clientId: 'fairmile-cloud',
  bootstrapBrokers: [...brokers],
  timeout: timeoutMs,
  connectTimeout: timeoutMs,
  requestTimeout: timeoutMs,
  retries: 1,
})

/** Closes a client; one that Kafka does not answer is left to itself. */
export async function closed(client: { close(force?: boolean): Promise<void> }): Promise<void> {
  await within(closeMs, client.close(true)).catch(() => {})
}

/** Waits for Kafka so long at most: a client whose connection went away may never answer. */
export async function within<T>(ms: number, answer: Promise<T>): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(reject, ms, new Error(`no answer within ${ms} ms`))
  try {
    return await Promise.race([answer, late])
  } finally {
    clearTimeout(timer)
  }
}

/** Makes a topic where there is none. */
export async function ensureTopic(base: KafkaClient, topic: string): Promise<void> {
  const admin = new Admin(base)
  try {
    const known = await admin.listTopics()
    if (!known.includes(topic)) await admin.createTopics({ topics: [topic], partitions, replicas: -1 })
  } catch (error) {
    // Another process was first.
    if (!messageOf(error).includes('already exists') && !(await admin.listTopics()).includes(topic)) throw error
  } finally {
    await admin.close().catch(() => {})
  }
}
