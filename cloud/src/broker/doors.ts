import { createServer, type Server, type Socket } from 'node:net'
import { createServer as createTlsServer, type TLSSocket } from 'node:tls'
import { messageOf, UsageError } from '../errors.ts'
import type { KeyedCertificate } from './certificates.ts'
import { type Peer, peerOf } from './peer.ts'

/** Time for a stranger's TLS handshake, ms; a car on a poor link needs two round trips. */
const handshakeTimeoutMs = 5_000
/** File descriptors and about 50 KiB each; one process serves no more devices than this. */
const maxConnections = 5_000

/** What a broker shows, and whom it trusts: PEM. */
export interface BrokerTls {
  readonly identity: KeyedCertificate
  /** Certificate of the authority that certifies devices. */
  readonly authority: string
}

export interface DoorOptions {
  readonly host: string
  /** 0 takes any free one. */
  readonly port: number
  /** Null for a door without TLS. */
  readonly tls: BrokerTls | null
  /** Someone is there; `peer` is known by certificate. */
  readonly accept: (socket: Socket, peer: Peer | null) => void
  /** Someone was turned away. */
  readonly refuse: (reason: 'too_many_connections' | 'certificate' | 'tls', detail: string) => void
}

/** A port that is listened on. */
export interface Door {
  /** `mqtt://…` or `mqtts://…` */
  readonly url: string
  close(): void
}

/** Listens on a port; with TLS, who has a certificate of ours is known by it, and a bad one is turned away. */
export async function openDoor(options: DoorOptions): Promise<Door> {
  const { host, port, tls, refuse } = options
  const server = tls
    ? secureServer(tls, options)
    : createServer({ noDelay: true }, (socket) => options.accept(socket, null))
  server.maxConnections = maxConnections
  server.on('drop', () => refuse('too_many_connections', `${maxConnections} are open`))
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause) =>
      reject(listenError(cause, { host, port, setting: tls ? 'MQTT_TLS_PORT' : 'MQTT_PORT' })),
    )
    server.listen(port, host, resolve)
  })
  const address = server.address()
  const bound = address && typeof address === 'object' ? address.port : port
  return { url: `${tls ? 'mqtts' : 'mqtt'}://${host}:${bound}`, close: () => void server.close() }
}

function secureServer({ identity, authority }: BrokerTls, { accept, refuse }: DoorOptions): Server {
  const server = createTlsServer({
    ...{ cert: identity.certificate, key: identity.key, ca: authority, minVersion: 'TLSv1.2' },
    // Who shows none logs in by password; who shows a bad one is turned away below, with the reason.
    ...{ requestCert: true, rejectUnauthorized: false, handshakeTimeout: handshakeTimeoutMs, noDelay: true },
  })
  server.on('secureConnection', (socket: TLSSocket) => {
    try {
      accept(socket, peerOf(socket))
    } catch (error) {
      refuse('certificate', messageOf(error))
      socket.destroy()
    }
  })
  server.on('tlsClientError', (error) => refuse('tls', error.message))
  return server
}

function listenError(cause: NodeJS.ErrnoException, where: { host: string; port: number; setting: string }): Error {
  const { host, port, setting } = where
  const why = cause.code === 'EADDRINUSE' ? `the port is in use. Stop what uses it or set ${setting}` : cause.message
  return new UsageError(`Starting the MQTT broker on ${host}:${port}: ${why}`, { cause })
}
