import { randomInt } from 'node:crypto'
import type { DeviceReport } from '@fairmile/contract/device-messages.ts'
import { localPaths } from '@fairmile/contract/local-paths.ts'
import type { PhoneReport } from '@fairmile/contract/phone.ts'
import { after } from '../clock.ts'
import type { Log } from '../log.ts'
import type { Screen } from '../screen/screen.ts'
import { answerJson, Refusal } from './answer.ts'
import { isOwn } from './own.ts'
import { createPageFiles } from './page-files.ts'
import { createPairing } from './pairing.ts'
import { createPhoneRoutes } from './phone-routes.ts'
import { openPhoneStore } from './phone-store.ts'
import { createScreenStream } from './screen-stream.ts'
import { createLocalServer } from './server.ts'

export interface OpenLocalOptions {
  address: { host: string; port: number }
  /** Folder of the built in-car page. */
  pages: string
  /** The agent's data folder: paired phones are kept there. */
  folder: string
  screen: Screen
  /** Has the agent examine itself. */
  doctor: () => Promise<DeviceReport>
  /** Takes what the driver's phone says of itself. */
  phone: (report: PhoneReport) => void
  wallMs: () => number
  log: Log
}

/** Serves the in-car screen and the paired phone, from when the address is free until it is closed. */
export function openLocal(options: OpenLocalOptions): { close(): Promise<void> } {
  const { address, folder, screen, log } = options
  const nowMs = () => performance.now()
  const phones = openPhoneStore({ folder, warn: (about, text) => log.warn(about, text) })
  const pairing = createPairing({ randomInt, nowMs })
  const isParked = () => screen.state().view === 'parked'
  const stream = createScreenStream({
    screen,
    log,
    pairing() {
      if (!isParked()) pairing.close()
      const shown = pairing.shown()
      return {
        pairing: shown && { code: shown.code, leftS: Math.ceil(shown.leftMs / 1000) },
        phones: phones.list().length,
      }
    },
  })
  const server = createLocalServer({
    ...address,
    routes: {
      [`GET ${localPaths.screen}`]: stream.handler,
      async [`GET ${localPaths.report}`](request, response) {
        if (!isOwn(request)) throw new Refusal(403, 'The agent examines itself for this computer alone.')
        answerJson(response, 200, await options.doctor())
      },
      ...createPhoneRoutes({
        phones,
        pairing,
        isParked,
        tell: options.phone,
        changed: stream.tell,
        nowMs,
        wallMs: options.wallMs,
      }),
    },
    pages: createPageFiles({ folder: options.pages }),
    after,
    log,
  })
  const stop = new AbortController()
  const listening = server.listen(stop.signal).then(
    (url) => log.info({ url }, 'the in-car screen is here'),
    () => {}, // stopped before the address was free
  )
  return {
    async close() {
      stop.abort()
      stream.close()
      await listening
      await server.close()
    },
  }
}
