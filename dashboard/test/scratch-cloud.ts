import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname } from 'node:path'
import type { LiveMessage } from '@fairmile/contract/live.ts'
import { WebSocketServer } from 'ws'
import {
  sampleContest,
  sampleEvidence,
  samplePendingDetail,
  sampleRejected,
  sampleSettledDetail,
  sampleUpheld,
} from '../demos/samples/contests.ts'
import { samplePath } from '../demos/samples/drive.ts'
import { sampleLedger } from '../demos/samples/ledger.ts'
import { sampleNotifications, samplePreferences } from '../demos/samples/notifications.ts'
import {
  sampleAdmin,
  sampleCare,
  sampleDeadLetters,
  sampleDevices,
  sampleDriver,
  sampleScore,
  sampleUser,
} from '../demos/samples/people.ts'
import { samplePlanDetail } from '../demos/samples/plans.ts'
import { samplePremium, sampleProof, sampleReceipt, sampleReceipts } from '../demos/samples/pricing.ts'
import { sampleReasons } from '../demos/samples/reasons.ts'
import {
  noRewards,
  sampleBoard,
  sampleRedemption,
  sampleRewardEntries,
  sampleRewards,
} from '../demos/samples/rewards.ts'
import { sampleBreakdown, sampleComparison, sampleRecommendations, sampleTrend } from '../demos/samples/risk.ts'
import { sampleEventDetail, sampleEvents, sampleTrip, sampleTripPage } from '../demos/samples/trips.ts'
import { type Answer, adminAnswer } from './scratch-admin.ts'

const dist = new URL('../dist', import.meta.url).pathname
const types: Record<string, string> = {
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.html': 'text/html',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
}
/** As the cloud sends it: what it forbids must not be needed. */
export const contentSecurityPolicy =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'self'"

/** What is told of a score beside its reasons. */
const sampleOfScore = new Map<string, unknown>([
  ['breakdown', sampleBreakdown],
  ['comparison', sampleComparison],
  ['trend', sampleTrend],
  ['recommendations', sampleRecommendations],
])

/** The password that logs in here; with the admin's e-mail as admin. */
export const password = 'correct horse battery'
/** The token of the one link that sets a password here. */
export const linkToken = 'mX0b5c2vT1q9Jr7sYd3kW8uFhL6zPnA4eGiVoCwQtRM'

const noneFound: Answer = [404, { title: 'Not found', status: 404, detail: 'There is none yet.' }]

/** The border of the dashboard: the built pages and answers that the contract allows, for states a real cloud is hard to put in. */
export interface ScratchCloud {
  url: string
  /** `ok`, or how every answer but the log-in's goes wrong. */
  mode: 'ok' | 'empty' | 'failing'
  /** Replaces the answer at a path below `/api/v1`. */
  answers: Map<string, unknown>
  send(message: LiveMessage): void
  /** Once a page hears what is sent. */
  heard(): Promise<void>
  /** Ends the live connections, as a restart of the cloud does. */
  dropSockets(): void
  /** Whether new live connections are let in; true at first. */
  letsIn: boolean
  close(): Promise<void>
}

/** Starts it on a free port. */
export async function startScratchCloud(): Promise<ScratchCloud> {
  const sessions = new Map<string, typeof sampleUser>()
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost')
    response.setHeader('content-security-policy', contentSecurityPolicy)
    if (pathname === '/.well-known/fairmile-receipt-keys.json')
      return sendJson(response, [200, { keys: [sampleReceipt.issuer] }])
    if (!pathname.startsWith('/api/v1')) return sendFile(response, pathname)
    void answer(request, response, pathname.slice('/api/v1'.length), searchParams)
  })
  const userOf = ({ headers }: IncomingMessage) =>
    sessions.get(/fairmile_session=(\d+)/.exec(headers.cookie ?? '')?.[1] ?? '')
  const verifyClient = ({ req }: { req: IncomingMessage }) => cloud.letsIn && userOf(req) !== undefined
  const live = new WebSocketServer({ server, path: '/api/v1/live', verifyClient })

  async function answer(request: IncomingMessage, response: ServerResponse, path: string, query: URLSearchParams) {
    if (path === '/auth/login') {
      const body = (await bodyOf(request)) as { email: string; password: string }
      if (body.password !== password) return sendJson(response, [401, { detail: 'wrong' }])
      const user = body.email === sampleAdmin.email ? sampleAdmin : sampleUser
      const id = String(sessions.size + 1)
      sessions.set(id, user)
      response.setHeader('set-cookie', `fairmile_session=${id}; HttpOnly; SameSite=Strict; Path=/`)
      return sendJson(response, [200, { accessToken: id, expiresAt: new Date(0).toISOString(), user }])
    }
    if (path === '/auth/password-links') return response.writeHead(202).end()
    if (path === '/auth/password') {
      const { token } = (await bodyOf(request)) as { token: string }
      if (token === linkToken) return response.writeHead(204).end()
      return sendJson(response, [404, { detail: 'This link was used.' }])
    }
    const user = userOf(request)
    if (!user) return sendJson(response, [401, { detail: 'Log in first.' }])
    if (path === '/auth/me') return sendJson(response, [200, user])
    if (path === '/auth/logout')
      return response.writeHead(204, { 'set-cookie': 'fairmile_session=; Max-Age=0; Path=/' }).end()
    if (cloud.mode === 'failing') return sendJson(response, [503, { detail: 'The database does not answer.' }])
    const replaced = cloud.answers.get(path)
    sendJson(
      response,
      replaced === undefined
        ? sampleAnswer(path, query, { empty: cloud.mode === 'empty', method: request.method ?? 'GET' })
        : [200, replaced],
    )
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const cloud: ScratchCloud = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    mode: 'ok',
    answers: new Map(),
    heard: async () => {
      if (live.clients.size === 0) await once(live, 'connection')
    },
    letsIn: true,
    send: (message) => {
      for (const socket of live.clients) socket.send(JSON.stringify(message))
    },
    dropSockets: () => {
      for (const socket of live.clients) socket.terminate()
    },
    close: async () => {
      cloud.dropSockets()
      live.close()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
  return cloud
}

const approved = (id: string) => ({ ...samplePlanDetail, id, title: id, state: 'approved' })

function sampleAnswer(
  path: string,
  query: URLSearchParams,
  { empty, method }: { empty: boolean; method: string },
): Answer {
  const page = (items: readonly unknown[]): Answer => [200, { items: empty ? [] : items, nextCursor: null }]
  const [family, id = '', part, name, evidence] = path.slice(1).split('/')
  if (family === 'policies') return page(sampleLedger)
  if (family === 'admin') return adminAnswer({ method, parts: path.split('/').slice(2), page })
  if (family === 'devices' && part === 'care') return [200, sampleCare]
  if (family === 'devices' && part === 'commands') return [202, { id: 'CMD-2' }]
  if (family === 'devices') return page(sampleDevices)
  if (family === 'plans')
    return id === ''
      ? page([samplePlanDetail, approved('fairmile-1'), approved('fairmile-3')])
      : [200, samplePlanDetail]
  if (family === 'dead-letters') return id === '' ? page(sampleDeadLetters) : [200, sampleDeadLetters[0]]
  if (family === 'leader-boards') return [200, sampleBoard]
  if (part === 'rewards' && name === 'entries') return page(sampleRewardEntries)
  if (part === 'rewards')
    return name === 'redemptions' ? [201, sampleRedemption] : [200, empty ? noRewards : sampleRewards]
  if (family === 'events') {
    const event = sampleEvents.find((known) => known.id === id)
    if (event && part === 'contest') return [201, sampleContest]
    if (event && part === 'trace') return event.id === sampleContest.eventId ? [200, sampleEvidence()] : noneFound
    return event ? [200, sampleEventDetail(event)] : noneFound
  }
  if (family === 'contests') {
    if (!id) return page([sampleContest])
    return part === 'rulings' ? [201, sampleSettledDetail] : [200, part ? sampleSettledDetail : samplePendingDetail]
  }
  if (part === 'contests') return page([sampleContest, sampleUpheld, sampleRejected])
  if (family === 'trips') {
    if (empty || id !== sampleTrip.id) return noneFound
    if (part === 'premium') return [200, null]
    return [200, part === 'path' ? samplePath : part === 'events' ? { items: sampleEvents } : sampleTrip]
  }
  if (part === undefined) return [200, sampleDriver]
  if (part === 'trips' && empty) return page([])
  if (part === 'trips') return [200, sampleTripPage(query.get('cursor'), Number(query.get('limit') ?? 20))]
  if (evidence === 'proof') return name === sampleReceipt.id ? [200, sampleProof] : noneFound
  if (part === 'receipts') return name === undefined ? page(sampleReceipts) : [200, sampleReceipt]
  if (part === 'notifications')
    return [200, { items: empty ? [] : sampleNotifications, nextCursor: null, unread: empty ? 0 : 2 }]
  if (part === 'notification-preferences') return [200, samplePreferences]
  if (empty) return noneFound
  if (part === 'reasons') return [200, sampleReasons]
  const ofScore = part === undefined ? undefined : sampleOfScore.get(part)
  if (ofScore) return [200, ofScore]
  return part === 'score' ? [200, sampleScore] : part === 'premium' ? [200, samplePremium] : noneFound
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return JSON.parse(Buffer.concat(chunks).toString())
}

function sendJson(response: ServerResponse, [status, body]: Answer): void {
  response.writeHead(status, { 'content-type': status < 400 ? 'application/json' : 'application/problem+json' })
  response.end(JSON.stringify(body))
}

function sendFile(response: ServerResponse, pathname: string): void {
  const file = `${dist}${pathname.includes('.') ? pathname : '/index.html'}`
  if (!existsSync(file)) return void response.writeHead(404).end()
  response
    .writeHead(200, { 'content-type': types[extname(file)] ?? 'application/octet-stream' })
    .end(readFileSync(file))
}
