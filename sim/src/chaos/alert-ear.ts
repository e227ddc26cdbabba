import type { Session } from '@fairmile/contract/http/auth.ts'
import type { LiveMessage } from '@fairmile/contract/live.ts'

/** Hears a driver's alerts as a page does. */
export interface AlertEar {
  /** Milliseconds from each alert's own time to its arrival, by its event's id. */
  readonly delaysMs: ReadonlyMap<string, number>
  close(): void
}

/** Logs in as a person and listens on the WebSocket; resolves when it is open. */
export async function listenForAlerts(http: string, account: { email: string; password: string }): Promise<AlertEar> {
  const answer = await fetch(`${http}/api/v1/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(account),
  })
  const { accessToken } = (await answer.json()) as Session
  const delaysMs = new Map<string, number>()
  // Node's own client takes headers, which that of a browser does not.
  const Client = WebSocket as unknown as new (url: string, options: { headers: Record<string, string> }) => WebSocket
  const socket = new Client(`${http.replace('http', 'ws')}/api/v1/live`, {
    headers: { authorization: `Bearer ${accessToken}` },
  })
  socket.addEventListener('message', ({ data }) => {
    const message = JSON.parse(String(data)) as LiveMessage
    if (message.type === 'safety_alert' && !delaysMs.has(message.eventId))
      delaysMs.set(message.eventId, Date.now() - message.at)
  })
  await new Promise((resolve, reject) => {
    socket.addEventListener('open', resolve)
    socket.addEventListener('error', () => reject(new Error(`Listening for alerts at ${http}: refused`)))
  })
  return { delaysMs, close: () => socket.close() }
}
