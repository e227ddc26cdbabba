import { DriverId, ReceiptId } from '@fairmile/contract/http/ids.ts'
import { PageQuery, pageOf } from '@fairmile/contract/http/page.ts'
import { ReceiptInclusion, ReceiptKeys, ReceiptRootRecord } from '@fairmile/contract/http/receipt-roots.ts'
import { Day } from '@fairmile/contract/http/times.ts'
import type { ReceiptRoot } from '@fairmile/contract/receipt.ts'
import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import { asc, desc, lt } from 'drizzle-orm'
import { loggedIn, notThere, requireOwner } from '../auth/guard.ts'
import type { Database } from '../db/database.ts'
import { receiptKeys, receiptRoots } from '../db/schema/ledger.ts'
import { json, loggedInBy, problems } from '../http/describe.ts'
import type { AppEnv } from '../http/env.ts'
import { dayOf, decodeCursor, toPage } from '../http/page.ts'
import { rejectInvalid } from '../http/validation.ts'
import { rootOfDay } from '../pricing/publish-roots.ts'
import { proveReceipt } from '../pricing/receipt-proof.ts'

const keys = createRoute({
  method: 'get',
  path: '/.well-known/fairmile-receipt-keys.json',
  tags: ['pricing'],
  summary: 'The public keys that receipts were ever signed with; no log-in is needed',
  responses: { 200: json(ReceiptKeys, 'The keys, the oldest first') },
})

const list = createRoute({
  method: 'get',
  path: '/api/v1/pricing/roots',
  tags: ['pricing'],
  summary: 'The signed roots of the days’ receipts, the newest first; no log-in is needed',
  request: { query: PageQuery },
  responses: { 200: json(pageOf(ReceiptRootRecord), 'A page'), ...problems('validation') },
})

const one = createRoute({
  method: 'get',
  path: '/api/v1/pricing/roots/{day}',
  tags: ['pricing'],
  summary: 'The signed root of a day’s receipts; no log-in is needed',
  request: { params: z.object({ day: Day }) },
  responses: { 200: json(ReceiptRootRecord, 'The record'), ...problems('not-found', 'validation') },
})

const proof = createRoute({
  method: 'get',
  path: '/api/v1/drivers/{driverId}/receipts/{receiptId}/proof',
  tags: ['pricing'],
  summary: 'That a receipt is in its day’s tree; 404 until the day’s root is published, shortly after midnight UTC',
  security: loggedInBy,
  middleware: [loggedIn] as const,
  request: { params: z.object({ driverId: DriverId, receiptId: ReceiptId }) },
  responses: { 200: json(ReceiptInclusion, 'The proof'), ...problems('unauthorized', 'not-found', 'validation') },
})

/** What lets anyone check who issued a receipt and that none was changed afterwards. */
export function receiptRootRoutes({ db }: { db: Database }): OpenAPIHono<AppEnv> {
  return new OpenAPIHono<AppEnv>({ defaultHook: rejectInvalid })
    .openapi(keys, async (c) => {
      const { keyId, publicKey, firstUsedAt } = receiptKeys
      const rows = await db.select({ keyId, publicKey }).from(receiptKeys).orderBy(asc(firstUsedAt), asc(keyId))
      return c.json({ keys: rows }, 200)
    })
    .openapi(list, async (c) => {
      const { cursor, limit } = c.req.valid('query')
      const after = decodeCursor(cursor, 1)
      const rows = await db
        .select({ day: receiptRoots.day, record: receiptRoots.record })
        .from(receiptRoots)
        .where(after ? lt(receiptRoots.day, dayOf(after[0])) : undefined)
        .orderBy(desc(receiptRoots.day))
        .limit(limit + 1)
      const page = toPage(rows, {
        limit,
        keyOf: ({ day }) => [day],
        itemOf: ({ record }) => JSON.parse(record) as ReceiptRoot,
      })
      return c.json(page, 200)
    })
    .openapi(one, async (c) => {
      const { day } = c.req.valid('param')
      const record = await rootOfDay(db, day)
      if (!record) throw notThere(`root of ${day}`)
      return c.json(record, 200)
    })
    .openapi(proof, async (c) => {
      const { driverId, receiptId } = c.req.valid('param')
      requireOwner(c, driverId, `receipt "${receiptId}"`)
      const found = await proveReceipt(db, { driverId, receiptId })
      if (!found) throw notThere(`proof of receipt "${receiptId}" yet; its day’s root is published after midnight UTC`)
      return c.json(found, 200)
    })
}
