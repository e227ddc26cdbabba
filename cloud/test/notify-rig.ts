import { createDecipheriv, createECDH, type ECDH, hkdfSync, randomBytes } from 'node:crypto'
import { EventEmitter, once } from 'node:events'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { Counter, Registry } from 'prom-client'
import { SMTPServer } from 'smtp-server'
import type { TargetRules } from '../src/notify/outbound/target.ts'

/** Lets messages go to this machine, as the service itself never does. */
export const anyTarget: TargetRules = {
  protocols: new Set(['http:', 'https:']),
  ports: null,
  isAllowed: () => true,
  isAllowedName: () => true,
}

interface ReceivedMail {
  to: string[]
  /** As it came, its lines unfolded and quoted-printable undone. */
  text: string
}

/** A mail server that takes everything, unless it is told to refuse with a status. */
export async function startMailServer() {
  const mails: ReceivedMail[] = []
  const refusals: number[] = []
  const arrivals = new EventEmitter<{ mail: [ReceivedMail] }>()
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    async onData(stream, session, done) {
      const raw = await text(stream)
      const responseCode = refusals.shift()
      if (responseCode !== undefined) return done(Object.assign(new Error('not now'), { responseCode }))
      const received = { to: session.envelope.rcptTo.map(({ address }) => address), text: readable(raw) }
      mails.push(received)
      done()
      arrivals.emit('mail', received)
    },
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.server.address() as AddressInfo
  return {
    url: `smtp://127.0.0.1:${port}`,
    mails,
    /** The next mail that arrives. */
    next: async () => ((await once(arrivals, 'mail')) as [ReceivedMail])[0],
    /** Statuses that the next mails are refused with. */
    refusals,
    close: () => new Promise<void>((resolve) => server.close(resolve)),
  }
}

/** Undoes folding and quoted-printable, enough for looking into it. */
const readable = (raw: string): string =>
  Buffer.from(
    raw
      .replaceAll(/\r\n[ \t]+/g, ' ')
      .replaceAll(/=\r\n/g, '')
      .replaceAll(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  ).toString()

interface ReceivedPost {
  path: string
  headers: IncomingHttpHeaders
  body: Buffer
}

/** An HTTP server that answers 204, unless it is told other statuses. */
export async function startReceiver() {
  const posts: ReceivedPost[] = []
  const statuses: number[] = []
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = []
    for await (const part of request) parts.push(part as Buffer)
    posts.push({ path: request.url ?? '', headers: request.headers, body: Buffer.concat(parts) })
    response.writeHead(statuses.shift() ?? 204).end()
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    posts,
    /** Statuses of the next answers. */
    statuses,
    close: () => new Promise((resolve) => server.close(resolve)),
  }
}

/** A browser's keys. */
export function createBrowser() {
  const ecdh = createECDH('prime256v1')
  ecdh.generateKeys()
  const auth = randomBytes(16)
  return {
    keys: { p256dh: ecdh.getPublicKey('base64url'), auth: auth.toString('base64url') },
    /** Reads what was sent to it (RFC 8188 and 8291). */
    read: (body: Buffer): unknown => JSON.parse(decrypt(body, ecdh, auth)),
  }
}

function decrypt(body: Buffer, ecdh: ECDH, auth: Buffer): string {
  const [salt, keyLength] = [body.subarray(0, 16), body.readUInt8(20)]
  const sender = body.subarray(21, 21 + keyLength)
  const record = body.subarray(21 + keyLength)
  const info = Buffer.concat([Buffer.from('WebPush: info\0'), ecdh.getPublicKey(), sender])
  const secret = Buffer.from(hkdfSync('sha256', ecdh.computeSecret(sender), auth, info, 32))
  const key = Buffer.from(hkdfSync('sha256', secret, salt, 'Content-Encoding: aes128gcm\0', 16))
  const nonce = Buffer.from(hkdfSync('sha256', secret, salt, 'Content-Encoding: nonce\0', 12))
  const cipher = createDecipheriv('aes-128-gcm', key, nonce).setAuthTag(record.subarray(-16))
  const padded = Buffer.concat([cipher.update(record.subarray(0, -16)), cipher.final()])
  return padded.subarray(0, padded.lastIndexOf(2)).toString()
}

/** Counts what a sender does. */
export function createOutcomes() {
  const counter = new Counter({
    ...{ name: 'outcomes', help: '-', registers: [new Registry()] },
    labelNames: ['channel', 'outcome'] as const,
  })
  return {
    counter,
    of: async () =>
      Object.fromEntries(
        (await counter.get()).values.map(({ labels, value }) => [`${labels.channel} ${labels.outcome}`, value]),
      ),
  }
}
