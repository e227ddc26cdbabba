import { z } from 'zod'
import { deviceReportSchema, deviceSettingsSchema, deviceStateSchema } from '../device-messages.ts'
import { gapReasons } from '../gap.ts'

/** Settings of a device that are set from afar; what is left out stays as it is. */
export const DeviceSettingsBody = deviceSettingsSchema.meta({ id: 'DeviceSettingsBody' })

/** The settings' version; the device tells in its state which one it has applied. */
export const DeviceSettingsVersion = z.object({ version: z.int() }).meta({ id: 'DeviceSettingsVersion' })

const moment = z.iso.datetime()

/** What a device is told to do once. */
export const DeviceCommandBody = z
  .union([
    /** Sends the full-rate readings of a stretch, where it has them. */
    z.strictObject({ type: z.literal('send_raw'), from: moment, to: moment }),
    /** Examines itself and sends its report. */
    z.strictObject({ type: z.literal('doctor') }),
  ])
  .meta({ id: 'DeviceCommandBody', example: { type: 'doctor' } })

export const DeviceCommandId = z.object({ id: z.string() }).meta({ id: 'DeviceCommandId' })

const received = { receivedAt: moment }

/** How a device says it is, and what it was told. */
export const DeviceCare = z
  .object({
    /** Its newest word on `state`; null before the first. */
    state: deviceStateSchema.extend(received).nullable(),
    /** Its newest report of an examination; null before the first. */
    report: deviceReportSchema.extend(received).nullable(),
    settings: deviceSettingsSchema.extend({ version: z.int() }),
    commands: z.array(
      z.object({
        id: z.string(),
        type: z.string(),
        createdAt: moment,
        answeredAt: moment.nullable(),
        result: z.enum(['done', 'refused', 'unknown']).nullable(),
        detail: z.string().nullable(),
      }),
    ),
  })
  .meta({ id: 'DeviceCare' })
export type DeviceCare = z.infer<typeof DeviceCare>

/** A device's signed word that records of its log are gone. */
export const DeviceGap = z
  .object({
    boot: z.int(),
    lane: z.string(),
    firstSeq: z.int(),
    lastSeq: z.int(),
    /** Records of the range that are gone. */
    dropped: z.int(),
    reason: z.enum(gapReasons),
    droppedAt: moment,
    receivedAt: moment,
  })
  .meta({ id: 'DeviceGap' })
export type DeviceGap = z.infer<typeof DeviceGap>

/** How complete a lane of one boot of a device's log is here. */
export const DeviceChain = z
  .object({
    lane: z.string(),
    boot: z.number(),
    /** Last number that was acked: everything up to it is stored, dead-lettered, dropped or given up. */
    ackedSeq: z.number(),
    /** Records that the device says it dropped, signed. */
    dropped: z.number(),
    /** Records in dead letters: their numbers are spoken for, and they are not stored. */
    rejected: z.number(),
    /** Numbers that never came, nor does the device say why. */
    missing: z.array(z.object({ firstSeq: z.number(), lastSeq: z.number() })),
    /** First numbers of batches that name one before them that is not here: what was between is unproved. */
    openEnds: z.array(z.number()),
  })
  .meta({ id: 'DeviceChain' })
export type DeviceChain = z.infer<typeof DeviceChain>

export const DeviceChains = z.object({ items: z.array(DeviceChain) }).meta({ id: 'DeviceChains' })
