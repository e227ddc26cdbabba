import { css } from 'lit'

/** A list of which one entry is chosen, whose whole is shown beside it. */
export const chooser = css`
  .entry { width: 100%; justify-content: space-between; text-align: left; gap: var(--space-3); min-height: 56px; padding: 8px; font-weight: 400; color: var(--ink); background: none; border-radius: var(--radius-small); }
  .entry:hover { background: var(--brand-wash); filter: none; }
  .entry[aria-current="true"] { background: var(--brand-wash); box-shadow: inset 3px 0 0 var(--brand); }
`
