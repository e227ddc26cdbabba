import { css, html } from 'lit'
import { filterOf, withFilter } from '../controllers/filters.ts'
import { admin } from '../styles/admin.ts'
import { base } from '../styles/base.ts'
import { elementWith } from './element.ts'

/** A filter with what can be chosen: its values as the API takes them, and words for them. */
export interface Choice {
  readonly name: string
  readonly label: string
  readonly options: readonly (readonly [value: string, words: string])[]
}

/** So long after the last key a search is looked up, ms. */
const typedMs = 250

/**
 * Search and filters of a list, kept in the address bar.
 *
 * Fires `fm-filtered` with the new query (`?search=ber&plan=…`) when one changes.
 */
export class FilterBar extends elementWith({
  query: '',
  placeholder: '',
  choices: [] as readonly Choice[],
}) {
  static styles = [
    base,
    admin,
    css`
      :host { grid-column: 1 / -1; }
    `,
  ]

  #timer: ReturnType<typeof setTimeout> | undefined

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    clearTimeout(this.#timer)
  }

  override render() {
    return html`<form class="filters" role="search" @submit=${(event: Event) => event.preventDefault()}>
      <label class="grow">Search<input type="search" .value=${filterOf(this.query, 'search')} placeholder=${this.placeholder}
        @input=${this.#typed} /></label>
      ${this.choices.map(
        ({ name, label, options }) => html`<label>${label}<select @change=${(event: Event) =>
          this.#set(name, (event.target as HTMLSelectElement).value)}>
          ${options.map(
            ([value, words]) =>
              html`<option value=${value} ?selected=${filterOf(this.query, name) === value}>${words}</option>`,
          )}</select></label>`,
      )}</form>`
  }

  readonly #typed = (event: Event): void => {
    const { value } = event.target as HTMLInputElement
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.#set('search', value.trim()), typedMs)
  }

  #set(name: string, value: string): void {
    this.query = withFilter(this.query, name, value)
    this.dispatchEvent(new CustomEvent('fm-filtered', { detail: this.query }))
  }
}
customElements.define('fm-filter-bar', FilterBar)
