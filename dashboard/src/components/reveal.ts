import type { LitElement } from 'lit'

/** Brings a part of an element into sight and under the keyboard, once it is drawn. */
export async function reveal(element: LitElement, selector: string): Promise<void> {
  await element.updateComplete
  const part = element.renderRoot.querySelector<HTMLElement>(selector)
  part?.focus({ preventScroll: true })
  part?.scrollIntoView({ block: 'nearest' })
}
