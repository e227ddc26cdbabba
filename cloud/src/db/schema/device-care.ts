import type { CommandAnswer, DeviceCommand } from '@fairmile/contract/device-messages.ts'
import type { GapReason } from '@fairmile/contract/gap.ts'
import { sql } from 'drizzle-orm'
import { bigint, boolean, index, jsonb, pgTable, primaryKey, text, timestamp } from 'drizzle-orm/pg-core'
import { bytea } from './bytea.ts'
import { devices } from './devices.ts'

const moment = (name: string) => timestamp(name, { withTimezone: true })
const whole = (name: string) => bigint(name, { mode: 'number' }).notNull()
const device = () =>
  text('device_id')
    .notNull()
    .references(() => devices.id)

/** What devices say of records that they dropped; each stands in its lane's chain for the batches that held them. */
export const deviceGaps = pgTable(
  'device_gaps',
  {
    deviceId: device(),
    lane: text('lane').notNull(),
    bootId: whole('boot_id'),
    firstSeq: whole('first_seq'),
    lastSeq: whole('last_seq'),
    /** SHA-256 of the message, of the batch before, and of the last batch that it stands for. */
    hash: bytea('hash').notNull(),
    previousHash: bytea('previous_hash').notNull(),
    endHash: bytea('end_hash').notNull(),
    reason: text('reason').$type<GapReason>().notNull(),
    /** Records of the range that are gone. */
    dropped: whole('dropped'),
    /** By the device's clock. */
    droppedAt: moment('dropped_at').notNull(),
    /** The batch before it is not here (yet): an open end of the chain. */
    open: boolean('open').notNull(),
    receivedAt: moment('received_at').notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.deviceId, table.lane, table.bootId, table.firstSeq] }),
    index('device_gaps_end_hash_idx').on(table.deviceId, table.lane, table.endHash),
  ],
)

/** Full-rate readings as they came: records of the `raw` lane (`decodeRecord`). */
export const rawChunks = pgTable(
  'raw_chunks',
  {
    deviceId: device(),
    bootId: whole('boot_id'),
    seq: whole('seq'),
    at: moment('at').notNull(),
    chunk: bytea('chunk').notNull(),
    /** Counts as chunks come: the order in which they are kept. */
    arrival: bigint('arrival', { mode: 'number' }).generatedAlwaysAsIdentity(),
  },
  (table) => [
    primaryKey({ columns: [table.deviceId, table.bootId, table.seq] }),
    index('raw_chunks_at_idx').on(table.deviceId, table.at),
    index('raw_chunks_arrival_idx').on(table.deviceId, table.arrival),
  ],
)

/** The newest word of each device on `state` and on `report`. */
export const deviceWords = pgTable(
  'device_words',
  {
    deviceId: device(),
    stream: text('stream').$type<'state' | 'report'>().notNull(),
    word: jsonb('word').notNull(),
    receivedAt: moment('received_at').notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.deviceId, table.stream] })],
)

/** What devices were told to do, and what became of it; null until they answer. */
export const deviceCommands = pgTable(
  'device_commands',
  {
    id: text('id').primaryKey(),
    deviceId: device(),
    command: jsonb('command').$type<DeviceCommand>().notNull(),
    createdAt: moment('created_at').notNull().defaultNow(),
    answeredAt: moment('answered_at'),
    result: text('result').$type<CommandAnswer['result']>(),
    detail: text('detail'),
  },
  (table) => [
    index('device_commands_waiting_idx').on(table.deviceId, table.createdAt).where(sql`${table.answeredAt} IS NULL`),
  ],
)
