import type { ServerResponse } from 'node:http'
import type { ScreenState } from '@fairmile/contract/screen.ts'
import type { Log } from '../log.ts'
import type { Screen } from '../screen/screen.ts'
import { begin, type Handler, Refusal } from './answer.ts'
import { isOwn } from './own.ts'

/** Screens at once: the box's own, a tablet, and someone who looks. */
const maxScreens = 8
/** Screens are told at least so often, so that they know the agent lives. Real milliseconds. */
const everyMs = 1000
/** Bytes that may wait for a slow screen: half a minute; it is then cut off, and starts anew with the newest state. */
const maxWaitingBytes = 16 * 1024
/** How soon a browser tries again, milliseconds. */
const retryMs = 1000

export interface ScreenStreamOptions {
  screen: Screen
  /** What is shown on the box's own screen alone. */
  pairing: () => Pick<ScreenState, 'pairing' | 'phones'>
  log: Pick<Log, 'warn'>
}

/** Tells every screen what to show: at once when it connects, at each change, and once a second. */
export function createScreenStream({ screen, pairing, log }: ScreenStreamOptions) {
  const screens = new Map<ServerResponse, { own: boolean }>()
  const counts = { screens: 0, cutOff: 0, failed: 0 }

  const tellAll = (): void => {
    if (screens.size === 0) return
    const shared = screen.state()
    const { phones, pairing: code } = pairing()
    const text = (own: boolean): string => {
      const state: ScreenState = { ...shared, pairing: own ? code : null, canPair: own, phones }
      return `data: ${JSON.stringify(state)}\n\n`
    }
    const [forOwn, forOthers] = [text(true), text(false)]
    for (const [response, { own }] of screens) {
      if (response.writableLength > maxWaitingBytes) {
        counts.cutOff++
        response.destroy()
      } else response.write(own ? forOwn : forOthers)
    }
  }
  /** Nobody catches what a timer throws: the screens wait for the next state. */
  const tell = (): void => {
    try {
      tellAll()
    } catch (error) {
      if (counts.failed++ === 0) log.warn({ reason: String(error) }, 'the screens could not be told their state')
    }
  }
  screen.onChange = tell
  const timer = setInterval(tell, everyMs)

  const handler: Handler = (request, response) => {
    if (screens.size >= maxScreens)
      throw new Refusal(503, `${maxScreens} screens are connected already: close one.`, { 'retry-after': '5' })
    screens.set(response, { own: isOwn(request) })
    counts.screens++
    response.once('close', () => screens.delete(response))
    request.socket.setTimeout(0)
    request.socket.setNoDelay(true)
    begin(response, 200, 'text/event-stream')
    response.write(`retry: ${retryMs}\n\n`)
    tell()
  }
  return {
    handler,
    counts,
    /** Tells all screens now. */
    tell,
    close(): void {
      clearInterval(timer)
      screen.onChange = null
      for (const response of screens.keys()) response.destroy()
    },
  }
}
