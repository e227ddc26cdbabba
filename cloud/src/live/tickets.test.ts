import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createTicketMemory } from './ticket-memory.ts'
import { createTickets, type TicketStore, ticketLifeMs } from './tickets.ts'

test('Tickets.redeem gives the token once', async () => {
  const tickets = createTickets({ store: createTicketMemory() })
  const { ticket } = await tickets.issue('a.b.c')
  assert.equal(await tickets.redeem(ticket), 'a.b.c')
  assert.equal(await tickets.redeem(ticket), null)
})

test('Tickets.redeem gives nothing for a ticket that is too old, unknown or endless', async () => {
  let nowMs = 0
  const tickets = createTickets({ store: createTicketMemory(), now: () => nowMs })
  const { ticket } = await tickets.issue('a.b.c')
  for (const bad of ['', 'x', 'x'.repeat(10_000)]) assert.equal(await tickets.redeem(bad), null)
  nowMs = ticketLifeMs
  assert.equal(await tickets.redeem(ticket), null)
})

test('Tickets.issue leaves in the store neither the ticket nor the token', async () => {
  const seen: string[] = []
  const store: TicketStore = {
    put: async (ticketHash, sealed) => void seen.push(ticketHash, sealed),
    take: async () => null,
  }
  const { ticket } = await createTickets({ store }).issue('the.secret.token')
  assert.equal(seen.length, 2)
  for (const text of seen)
    assert.doesNotMatch(Buffer.from(text, 'base64url').toString(), new RegExp(`${ticket}|secret`))
})

test('createTicketMemory holds so many tickets at most; the oldest makes room', async () => {
  const tickets = createTickets({ store: createTicketMemory({ limit: 2 }) })
  const issued = []
  for (const token of ['1', '2', '3']) issued.push((await tickets.issue(token)).ticket)
  const redeemed = []
  for (const ticket of issued) redeemed.push(await tickets.redeem(ticket))
  assert.deepEqual(redeemed, [null, '2', '3'])
})
