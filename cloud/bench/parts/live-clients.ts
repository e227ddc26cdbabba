/** The process of the bench that has the clients: a socket a driver, and when each message came. */

import { once } from 'node:events'
import { WebSocket } from 'ws'
import { wallMs } from './live-load.ts'
import type { Received } from './live-run.ts'

/** Sockets that are opened at once. */
const atOnce = 50
/** How long what is still on its way is waited for, milliseconds. */
const lateMs = 5_000

const times: number[] = []
const sockets: WebSocket[] = []
let firstMs = 0
let lastMs = 0

process.on('message', async (message: 'end' | { url: string; tokens: string[] } | { published: number }) => {
  if (message === 'end') {
    for (const socket of sockets) socket.terminate()
    process.disconnect()
  } else if ('published' in message) process.send?.(await measured(message.published))
  else {
    await connect(message)
    process.send?.({ connected: sockets.length })
  }
})

async function connect({ url, tokens }: { url: string; tokens: string[] }): Promise<void> {
  const address = `${url.replace('http', 'ws')}/api/v1/live`
  for (let at = 0; at < tokens.length; at += atOnce)
    await Promise.all(
      tokens.slice(at, at + atOnce).map(async (token) => {
        const socket = new WebSocket(address, {
          headers: { authorization: `Bearer ${token}` },
          perMessageDeflate: false,
        })
        sockets.push(socket)
        socket.on('message', take)
        await once(socket, 'open')
      }),
    )
}

function take(data: Buffer): void {
  const nowMs = wallMs()
  const { state } = JSON.parse(data.toString())
  if (!state) return
  if (times.length === 0) firstMs = nowMs
  lastMs = nowMs
  times.push(nowMs - state.at)
}

async function measured(published: number): Promise<Received> {
  const untilMs = performance.now() + lateMs
  while (times.length < published && performance.now() < untilMs)
    await new Promise((resolve) => setTimeout(resolve, 20))
  const sorted = times.toSorted((a, b) => a - b)
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
  const messagesPerS = (times.length / (lastMs - firstMs)) * 1000
  return { published, received: times.length, messagesPerS, p50Ms: at(0.5), p99Ms: at(0.99), maxMs: at(1) }
}
