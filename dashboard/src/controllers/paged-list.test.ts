import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Page } from '@fairmile/contract/http/page.ts'
import type { ReactiveControllerHost } from 'lit'
import { ApiError } from '../data/api-error.ts'
import { PagedList } from './paged-list.ts'

const host = { addController() {}, removeController() {}, requestUpdate() {}, updateComplete: Promise.resolve(true) }
const settled = () => new Promise((resolve) => setImmediate(resolve))

function list(load: (cursor: string | null) => Promise<Page<number>>) {
  return new PagedList<string, number>(host as ReactiveControllerHost, (_key, cursor) => load(cursor))
}

const threePages = async (cursor: string | null): Promise<Page<number>> => {
  const page = Number(cursor ?? 0)
  return { items: [page * 2, page * 2 + 1], nextCursor: page < 2 ? String(page + 1) : null }
}

describe('PagedList', () => {
  it('reads page after page until there is none', async () => {
    const pages = list(threePages)
    pages.first.want('DRV-0001')
    await settled()
    assert.deepEqual(pages.items, [0, 1])
    for (const expected of [
      [0, 1, 2, 3],
      [0, 1, 2, 3, 4, 5],
    ]) {
      assert.equal(pages.hasMore, true)
      pages.more()
      await settled()
      assert.deepEqual(pages.items, expected)
    }
    assert.equal(pages.hasMore, false)
  })

  it('begins with the first page again when that is read anew', async () => {
    const pages = list(threePages)
    pages.first.want('DRV-0001')
    await settled()
    pages.more()
    await settled()
    await pages.first.reload()
    assert.deepEqual(pages.items, [0, 1])
    pages.more()
    await settled()
    assert.deepEqual(pages.items, [0, 1, 2, 3])
  })

  it('keeps what it has when a further page fails, and reads that page again when asked', async () => {
    let failures = 1
    const pages = list((cursor) =>
      cursor !== null && failures-- > 0
        ? Promise.reject(new ApiError('no answer', { kind: 'offline', status: 0 }))
        : threePages(cursor),
    )
    pages.first.want('DRV-0001')
    await settled()
    pages.more()
    await settled()
    assert.deepEqual(pages.items, [0, 1])
    assert.equal(pages.moreError?.kind, 'offline')
    pages.more()
    await settled()
    assert.deepEqual(pages.items, [0, 1, 2, 3])
  })
})
