import { html, nothing } from 'lit'
import type { ApiError } from '../data/api-error.ts'

interface LongList {
  readonly hasMore: boolean
  readonly loadingMore: boolean
  /** Why the next page could not be read. */
  readonly moreError: ApiError | null
  more(): void
}

/** The button that reads the next page of a list, where there is one, and what was in its way the last time. */
export function showMore(list: LongList, label = 'More') {
  const { hasMore, loadingMore, moreError } = list
  if (!hasMore) return nothing
  return html`${moreError ? html`<p class="soft" role="alert">The next ones could not be loaded. ${moreError.message}</p>` : nothing}
    <p class="show-more"><button class="ghost" ?disabled=${loadingMore} @click=${() => list.more()}>${loadingMore ? 'Loading' : label}</button></p>`
}
