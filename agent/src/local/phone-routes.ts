import type { IncomingMessage } from 'node:http'
import { localPaths } from '@fairmile/contract/local-paths.ts'
import { type PhoneReport, pairPhoneSchema, phoneReportSchema } from '@fairmile/contract/phone.ts'
import { answerJson, Refusal } from './answer.ts'
import { isOwn } from './own.ts'
import type { Pairing } from './pairing.ts'
import { maxPhones, type Phone, type PhoneStore } from './phone-store.ts'
import { createRate } from './rate.ts'
import { readJson } from './read-json.ts'
import type { Routes } from './server.ts'

/** A phone tells once a second and at each change; the rest is refused. */
const reports = { most: 20, everyMs: 5000 } as const
/** Tries to pair, of all phones together. */
const pairs = { most: 10, everyMs: 60_000 } as const
/** Requests without a right token, of all together: enough for a phone that was removed, too few to guess with. */
const strangers = { most: 30, everyMs: 60_000 } as const

export interface PhoneRoutesOptions {
  phones: PhoneStore
  pairing: Pairing
  /** Whether the car is parked: nobody pairs a phone while driving. */
  isParked: () => boolean
  /** Takes what a paired phone says of itself. */
  tell: (report: PhoneReport) => void
  /** A code has appeared or gone. */
  changed: () => void
  nowMs: () => number
  wallMs: () => number
}

/** The phone that speaks first is the driver's, until it was silent for so long: what it said is forgotten then. Milliseconds. */
const linkMs = 15_000

const tooMany = (seconds: number): Refusal =>
  new Refusal(429, `Too many requests: try again in ${seconds} s.`, { 'retry-after': String(seconds) })

/** What phones and the box's own screen may ask of the agent. */
export function createPhoneRoutes(options: PhoneRoutesOptions): Routes {
  const { phones, pairing, isParked, changed, nowMs } = options
  const mayPair = createRate({ ...pairs, nowMs })
  const mayStrange = createRate({ ...strangers, nowMs })
  const mayReport = new Map<string, () => boolean>()
  let linked: { id: string; atMs: number } | null = null

  const phoneOf = ({ headers }: IncomingMessage): Phone => {
    const token = /^Bearer ([A-Za-z0-9_-]{43})$/.exec(headers.authorization ?? '')?.[1]
    const phone = token === undefined ? null : phones.find(token)
    if (phone) return phone
    if (!mayStrange()) throw tooMany(strangers.everyMs / 1000)
    throw new Refusal(401, 'This phone is not paired, or was removed: pair it again.', {
      'www-authenticate': 'Bearer realm="fairmile"',
    })
  }

  return {
    [`POST ${localPaths.pairing}`](request, response) {
      if (!isOwn(request)) throw new Refusal(403, 'A code is shown on the box’s own screen alone.')
      if (!isParked()) throw new Refusal(409, 'The car is moving: pair the phone when it is parked.')
      if (phones.list().length >= maxPhones)
        throw new Refusal(409, `${maxPhones} phones are paired: remove one with "fairmile-agent phones remove".`)
      if (!pairing.open()) throw new Refusal(429, 'Too many wrong codes were tried: no code is shown for an hour.')
      changed()
      answerJson(response, 202, {})
    },
    async [`POST ${localPaths.pair}`](request, response) {
      if (!mayPair()) throw tooMany(pairs.everyMs / 1000)
      const { code, name } = await readJson(request, pairPhoneSchema)
      const result = pairing.take(code)
      changed()
      if (result === 'none') throw new Refusal(409, 'No code is shown: ask for one on the in-car screen.')
      if (result === 'void')
        throw new Refusal(403, 'That was wrong too often: ask for a new code on the in-car screen.')
      if (result === 'wrong') throw new Refusal(403, 'That is not the code.')
      const paired = phones.add(name, options.wallMs())
      if (paired === null) throw new Refusal(409, `${maxPhones} phones are paired already: remove one first.`)
      changed()
      answerJson(response, 201, paired)
    },
    async [`POST ${localPaths.phone}`](request, response) {
      const { id } = phoneOf(request)
      const may = mayReport.get(id) ?? createRate({ ...reports, nowMs })
      mayReport.set(id, may)
      if (!may()) throw tooMany(reports.everyMs / 1000)
      const report = await readJson(request, phoneReportSchema)
      if (linked === null || linked.id === id || nowMs() - linked.atMs >= linkMs) {
        linked = { id, atMs: nowMs() }
        options.tell(report)
      }
      answerJson(response, 200, { linked: linked.id === id })
    },
  }
}
