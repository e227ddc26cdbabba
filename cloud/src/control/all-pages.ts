import type { Page, PageQuery } from '@fairmile/contract/http/page.ts'

/** Items of one read. */
const limit = 100

/** Reads up to `max` items of a paged list. */
export async function allPages<T>(
  read: (query: PageQuery) => Promise<Page<T>>,
  max = Number.POSITIVE_INFINITY,
): Promise<T[]> {
  const items: T[] = []
  let cursor: string | undefined
  do {
    const page = await read({ limit, ...(cursor !== undefined && { cursor }) })
    items.push(...page.items)
    cursor = page.nextCursor ?? undefined
  } while (cursor !== undefined && items.length < max)
  return items.slice(0, max)
}
