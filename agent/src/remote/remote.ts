import {
  type CommandAnswer,
  type DeviceCommand,
  type DeviceConfig,
  type DeviceSettings,
  type DeviceState,
  deviceCommandSchema,
  deviceConfigSchema,
  maxAnswers,
} from '@fairmile/contract/device-messages.ts'
import { parseMessage } from '@fairmile/contract/messages.ts'
import { firstWireVersion } from '@fairmile/contract/wire.ts'
import { z } from 'zod'
import type { Log } from '../log.ts'
import type { Outbox } from '../outbox/outbox.ts'

/** Does a command, at once or soon; what it gives or throws is the answer's detail. */
export type CommandHandler = (command: DeviceCommand) => Promise<string> | string

export interface RemoteOptions {
  outbox: Pick<Outbox, 'remember' | 'recall' | 'setReader'>
  /** Applies settings from afar. @throws {Error} that says which cannot be; then none is applied */
  apply: (settings: DeviceSettings) => void
  commands: Readonly<Record<string, CommandHandler>>
  /** Told when the state has something new to say. */
  changed: () => void
  log: Log
}

/** What the cloud asks of this device: settings and commands. */
export interface Remote {
  /** Takes a message on `config`. @throws where it is none */
  config(payload: Buffer): void
  /** Takes a message on `command`. @throws where it is none */
  command(payload: Buffer): void
  /** What the state says of them. */
  state(): Pick<DeviceState, 'config' | 'answers'>
}

const answers = z
  .array(z.object({ id: z.string(), result: z.enum(['done', 'refused', 'unknown']), detail: z.string() }))
  .catch([])
/** Characters of a detail that a state has room for. */
const maxDetail = 200

/** Keeps the settings from afar over restarts, and answers each command once. */
export function createRemote({ outbox, apply, commands, changed, log }: RemoteOptions): Remote {
  let config = readConfig(outbox.recall('config'))
  let told: CommandAnswer[] = answers.parse(JSON.parse(outbox.recall('answers') ?? '[]'))
  const underWay = new Set<string>()
  let refused: string | null = null
  const take = (desired: DeviceConfig): void => {
    const { version: _version, wire: _wire, ...settings } = desired
    refused = null
    try {
      apply(settings)
    } catch (error) {
      refused = messageOf(error)
      log.error({ version: desired.version, reason: refused }, 'settings from the cloud cannot be applied')
    }
  }
  if (config !== null) take(config)

  const answer = (given: CommandAnswer): void => {
    underWay.delete(given.id)
    told = [...told, given].slice(-maxAnswers)
    outbox.remember('answers', JSON.stringify(told))
    log.info(given, 'a command was answered')
    changed()
  }

  return {
    config(payload) {
      const desired = parseMessage(deviceConfigSchema, payload)
      outbox.setReader(desired.wire ?? firstWireVersion)
      if (config?.version === desired.version) return
      config = desired
      take(desired)
      outbox.remember('config', JSON.stringify(desired))
      changed()
    },
    command(payload) {
      const command = parseMessage(deviceCommandSchema, payload)
      const { id, type } = command
      if (underWay.has(id)) return
      if (told.some((known) => known.id === id)) {
        changed() // its answer was lost
        return
      }
      const handle = Object.hasOwn(commands, type) ? commands[type] : undefined
      if (handle === undefined) {
        answer({ id, result: 'unknown', detail: '' })
        return
      }
      underWay.add(id)
      Promise.resolve()
        .then(() => handle(command))
        .then((detail) => answer({ id, result: 'done', detail: detail.slice(0, maxDetail) }))
        .catch((error: unknown) => answer({ id, result: 'refused', detail: messageOf(error) }))
    },
    state: () => ({ ...(config !== null && { config: { version: config.version, refused } }), answers: told }),
  }
}

function readConfig(text: string | null): DeviceConfig | null {
  return text === null ? null : (deviceConfigSchema.safeParse(JSON.parse(text)).data ?? null)
}

const messageOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).slice(0, maxDetail)
