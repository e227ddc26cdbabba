import type { Page } from '@fairmile/contract/http/page.ts'
import type { ReactiveControllerHost } from 'lit'
import type { ApiError } from '../data/api-error.ts'
import { Resource } from './resource.ts'

/** A list that is read a page at a time; pages after the first are dropped when the first is read anew. */
export class PagedList<K, T> {
  readonly first: Resource<K, Page<T>>
  readonly #next: Resource<string, Page<T>>
  #older: T[] = []
  #shownFirst: Page<T> | null = null
  #cursor: string | null = null
  #key: K | null = null

  constructor(
    host: ReactiveControllerHost,
    load: (key: K, cursor: string | null, signal: AbortSignal) => Promise<Page<T>>,
  ) {
    this.first = new Resource(host, (key: K, signal) => {
      this.#key = key
      return load(key, null, signal)
    })
    this.#next = new Resource(host, async (cursor: string, signal) => {
      const page = await load(this.#key as K, cursor, signal)
      this.#older = [...this.#older, ...page.items]
      this.#cursor = page.nextCursor
      return page
    })
  }

  /** Everything read so far, in order. */
  get items(): readonly T[] {
    this.#followFirst()
    return [...(this.first.value?.items ?? []), ...this.#older]
  }

  get hasMore(): boolean {
    this.#followFirst()
    return this.#cursor !== null
  }

  get loadingMore(): boolean {
    return this.#next.state.status === 'loading'
  }

  get moreError(): ApiError | null {
    return this.#next.state.error
  }

  /** Reads the next page, again where that failed. */
  more(): void {
    this.#followFirst()
    if (this.moreError) void this.#next.reload()
    else this.#next.want(this.#cursor)
  }

  #followFirst(): void {
    if (this.first.value === this.#shownFirst) return
    this.#shownFirst = this.first.value
    this.#older = []
    this.#next.want(null)
    this.#cursor = this.first.value?.nextCursor ?? null
  }
}
