import type { DeviceSettings } from '@fairmile/contract/device-messages.ts'
import { sql } from 'drizzle-orm'
import {
  bigint,
  boolean,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
} from 'drizzle-orm/pg-core'
import { bytea } from './bytea.ts'
import { vehicles } from './people.ts'

const moment = (name: string) => timestamp(name, { withTimezone: true })

/** Boxes in cars; ids look like `DEV-…`. Secrets are kept as hashes alone. */
export const devices = pgTable(
  'devices',
  {
    id: text('id').primaryKey(),
    vehicleId: text('vehicle_id')
      .notNull()
      .references(() => vehicles.id),
    /** SHA-256 of the claim code, hex; it stays after the claim, so that a lost answer can be asked for again. */
    claimHash: text('claim_hash').notNull(),
    claimExpiresAt: moment('claim_expires_at').notNull(),
    claimedAt: moment('claimed_at'),
    /** Ed25519, 32 raw bytes in base64url; null until claimed. */
    publicKey: text('public_key'),
    /** scrypt of the broker password; null until claimed. */
    passwordHash: text('password_hash'),
    /** As Mosquitto hashes it; null where the device was claimed before that was kept. */
    mosquittoHash: text('mosquitto_hash'),
    /** PEM; null where it was claimed before there were any. */
    certificate: text('certificate'),
    /** Since when no broker takes it any more; null for a device in good standing. */
    revokedAt: moment('revoked_at'),
    lastSeenAt: moment('last_seen_at'),
    /** When it was last heard, of the newest silence that people were told of; null before the first. */
    silenceTold: moment('silence_told'),
    /** What is desired from afar, and how often that was changed. */
    settings: jsonb('settings').$type<DeviceSettings>().notNull().default({}),
    settingsVersion: integer('settings_version').notNull().default(0),
    createdAt: moment('created_at').notNull().defaultNow(),
  },
  (table) => [
    uniqueIndex('devices_claim_hash_key').on(table.claimHash),
    index('devices_vehicle_id_idx').on(table.vehicleId),
  ],
)

/** How far each boot's lane is acked: everything up to `ackedSeq` is stored, dead-lettered or given up as a gap. */
export const deviceLanes = pgTable(
  'device_lanes',
  {
    deviceId: text('device_id')
      .notNull()
      .references(() => devices.id),
    lane: text('lane').notNull(),
    bootId: bigint('boot_id', { mode: 'number' }).notNull(),
    ackedSeq: bigint('acked_seq', { mode: 'number' }).notNull(),
    /** Sequence numbers that the device went past without ever sending them. */
    missing: bigint('missing', { mode: 'number' }).notNull().default(0),
    /** Up to here batches were taken off the record by age (`db/retention.ts`): what is not there any more is not missing. */
    retiredSeq: bigint('retired_seq', { mode: 'number' }).notNull().default(0),
    updatedAt: moment('updated_at').notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.deviceId, table.lane, table.bootId] })],
)

/** The hash chain of each lane, a row a batch: what proves that nothing between two batches is missing. */
export const deviceBatches = pgTable(
  'device_batches',
  {
    deviceId: text('device_id')
      .notNull()
      .references(() => devices.id),
    lane: text('lane').notNull(),
    bootId: bigint('boot_id', { mode: 'number' }).notNull(),
    firstSeq: bigint('first_seq', { mode: 'number' }).notNull(),
    lastSeq: bigint('last_seq', { mode: 'number' }).notNull(),
    /** SHA-256 of the batch's bytes, and of the batch before it; null where a rejected batch did not say. */
    hash: bytea('hash').notNull(),
    previousHash: bytea('previous_hash'),
    /** The batch before it is not here (yet): an open end of the chain. */
    gap: boolean('gap').notNull(),
    /** Why it was dead-lettered; null where its records are stored. */
    rejected: text('rejected'),
    /** Whether the device signed that these are its numbers of this lane. */
    proven: boolean('proven').notNull().default(true),
    /** How often it came again. */
    resent: integer('resent').notNull().default(0),
    receivedAt: moment('received_at').notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.deviceId, table.lane, table.bootId, table.firstSeq] }),
    uniqueIndex('device_batches_hash_key').on(table.deviceId, table.lane, table.hash),
    index('device_batches_gap_idx').on(table.deviceId, table.lane, table.previousHash).where(sql`${table.gap}`),
    index('device_batches_received_at_idx').using('brin', table.receivedAt),
  ],
)

/** Messages that could not be stored, with the reason: all that were acked, and of the others the newest of each device. */
export const deadLetters = pgTable(
  'dead_letters',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    receivedAt: moment('received_at').notNull().defaultNow(),
    /** As the topic or the log-in says; null where neither named one. */
    deviceId: text('device_id'),
    topic: text('topic').notNull(),
    /** A stable code: one of `BatchErrorCode` or of the ingest's own. */
    reason: text('reason').notNull(),
    /** For people. */
    detail: text('detail').notNull(),
    sizeBytes: integer('size_bytes').notNull(),
    /** The message; null where it was never read in full. */
    payload: bytea('payload'),
    /** Whether its device was told to let go of it, or will be: the letter is all that is left. */
    acked: boolean('acked').notNull().default(true),
    /** When and by whom it went through ingest again and was taken. */
    replayedAt: moment('replayed_at'),
    replayedBy: text('replayed_by'),
    /** How often it went through ingest again. */
    tries: integer('tries').notNull().default(0),
  },
  (table) => [
    index('dead_letters_device_id_idx').on(table.deviceId, table.id),
    index('dead_letters_unacked_idx').on(table.deviceId, table.id).where(sql`NOT acked`),
    index('dead_letters_reason_idx').on(table.reason, table.id).where(sql`replayed_at IS NULL`),
  ],
)
