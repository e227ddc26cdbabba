import { z } from 'zod'

/** Bytes of a report: a finding a sensor, and as much again of figures. */
export const maxReportBytes = 16 * 1024
/** Answers that a state repeats, so that one lost on the way is heard with the next. */
export const maxAnswers = 8

const epochMs = z.number().int().min(0).max(4_102_444_800_000)
const whole = z.number().int().nonnegative()
const text = (length: number) => z.string().max(length)

/** What became of a command: `unknown` where the agent is older than it. */
const answer = z.object({
  id: text(64),
  result: z.enum(['done', 'refused', 'unknown']),
  /** For people; empty where there is nothing to say. */
  detail: text(200),
})
export type CommandAnswer = z.infer<typeof answer>

/** What a device publishes retained on `state`; the broker publishes the offline one as its last will. */
export const deviceStateSchema = z.object({
  online: z.boolean(),
  /** UTC epoch milliseconds of the device when it said so; of the connection's start in the last will. */
  at: epochMs,
  boot: whole,
  agentVersion: text(40),
  /** Newest version of the wire that it writes; an agent that does not say so writes the first. */
  wire: whole.optional(),
  /** The newest desired settings that it saw, and why they were refused; null where they are applied. */
  config: z.object({ version: whole, refused: text(200).nullable() }).optional(),
  /** What became of the newest commands, the newest last. */
  answers: z.array(answer).max(maxAnswers).optional(),
  /** Where the outbox stands. */
  outbox: z
    .object({
      /** Bytes an hour that this process has written to the card; null while it is too young to say. */
      writtenBytesPerHour: whole.nullable(),
      /** Records dropped for want of room by all boots, each in a signed gap. */
      dropped: z.object({ telematics: whole, raw: whole }),
      /** Outbox files that were corrupt and set aside. */
      setAside: whole,
    })
    .optional(),
})
export type DeviceState = z.infer<typeof deviceStateSchema>

/** Settings of a device that are set from afar; what is left out stays as the device has it. */
const settings = {
  /** IANA name, for the local hours of trip statistics. */
  timeZone: text(60).optional(),
  logLevel: z.enum(['error', 'warn', 'info', 'debug']).optional(),
}

/** Desired settings of a device, retained on `config`. */
export const deviceConfigSchema = z.object({
  version: whole,
  /** Newest version of the wire that the cloud reads; a cloud that does not say so reads the first. */
  wire: whole.optional(),
  ...settings,
})
export type DeviceConfig = z.infer<typeof deviceConfigSchema>

/** The settings alone, as an admin gives them. */
export const deviceSettingsSchema = z.strictObject(settings)
export type DeviceSettings = z.infer<typeof deviceSettingsSchema>

/** What a device is told to do once, on `command`; an agent answers an `id` once, however often it comes. */
export const deviceCommandSchema = z.object({
  id: text(64).min(1),
  /** `send_raw`, `doctor`; an agent that does not know it answers `unknown`. */
  type: text(40).min(1),
  /** UTC epoch milliseconds of the stretch that `send_raw` asks for. */
  from: epochMs.optional(),
  to: epochMs.optional(),
})
export type DeviceCommand = z.infer<typeof deviceCommandSchema>

/** What a device found when it examined itself, on `report`. */
export const deviceReportSchema = z.object({
  /** UTC epoch milliseconds. */
  at: epochMs,
  agentVersion: text(40),
  ok: z.boolean(),
  findings: z
    .array(
      z.object({
        /** What was looked at: `gnss`, `disk`, … */
        name: text(40),
        result: z.enum(['ok', 'warning', 'failed', 'skipped']),
        /** What was found and, where it is not well, what to do. */
        detail: text(500),
      }),
    )
    .max(40),
  /** Measured values by name, with the unit in the name: `freeBytes`, `rssMb`. */
  figures: z.record(text(60), z.union([z.number(), text(200), z.boolean(), z.null()])).optional(),
})
export type DeviceReport = z.infer<typeof deviceReportSchema>
