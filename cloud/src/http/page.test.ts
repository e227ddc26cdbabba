import assert from 'node:assert/strict'
import { test } from 'node:test'
import { dayOf, decodeCursor, largestInteger, momentOf, numberOf, toPage } from './page.ts'

const options = { limit: 2, keyOf: (n: number) => [String(n)], itemOf: (n: number) => n * 10 }

test('toPage gives a cursor while there is more, and decodeCursor reads it', () => {
  const page = toPage([1, 2, 3], options)
  assert.deepEqual(page.items, [10, 20])
  assert.deepEqual(decodeCursor(page.nextCursor ?? '', 1), ['2'])
  assert.equal(toPage([1, 2], options).nextCursor, null)
  assert.equal(toPage([], options).nextCursor, null)
})

test('decodeCursor, momentOf and numberOf refuse what is no cursor', () => {
  assert.equal(decodeCursor(undefined, 1), undefined)
  for (const bad of [
    '',
    'x',
    'e30',
    ...['["a","b"]', '[1]', '["\\u0000"]'].map((text) => Buffer.from(text).toString('base64url')),
  ])
    assert.throws(() => decodeCursor(bad, 1), /not one of this list/)
  assert.equal(momentOf('2026-06-01T10:00:00.123456Z').toISOString(), '2026-06-01T10:00:00.123Z')
  for (const bad of ['yesterday', '2026-06-01', '0000-01-01T00:00:00.000Z', '+275760-09-13T00:00:00.000Z', undefined])
    assert.throws(() => momentOf(bad), /not one of this list/)
  assert.equal(dayOf('2026-06-01'), '2026-06-01')
  for (const bad of ['0000-01-01', '9999999-01-01', '2026-02-30', '', undefined])
    assert.throws(() => dayOf(bad), /not one of this list/)
  assert.equal(numberOf('42'), 42)
  assert.throws(() => numberOf('2147483648', largestInteger), /not one of this list/)
  for (const bad of ['', 'x', '-1', '1e3', '3.5', 'Infinity', '9'.repeat(20)])
    assert.throws(() => numberOf(bad), /not one of this list/)
})
