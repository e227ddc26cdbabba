import { css } from 'lit'

/** Labels, fields and what went wrong in forms of several lines. */
export const forms = css`
  form { display: grid; gap: var(--space-4); max-width: 62ch; }
  label { display: grid; gap: 6px; font-size: var(--size-1); font-weight: 600; }
  input, select, textarea { font: inherit; font-weight: 400; font-size: max(16px, var(--size-1)); width: 100%; min-width: 0; color: var(--ink); background: var(--card-solid); border: 1px solid var(--edge); border-radius: var(--radius-small); min-height: 44px; padding: 8px 12px; }
  textarea { resize: vertical; }
  input:focus-visible, select:focus-visible, textarea:focus-visible { outline: 2px solid var(--focus); outline-offset: 1px; border-radius: var(--radius-small); }
  .failure { color: var(--risk-4); font-size: var(--size-1); }
`
