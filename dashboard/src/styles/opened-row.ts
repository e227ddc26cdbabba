import { css } from 'lit'

/** Lists of which one is picked by buttons, and a row of it is opened: its whole is shown below, as `#chosen`. */
export const openedRow = css`
  .lists { grid-column: 1 / -1; display: flex; gap: var(--space-2); flex-wrap: wrap; }
  .lists [aria-pressed="true"] { background: var(--brand-wash); box-shadow: inset 0 0 0 2px var(--brand); }
  .id { min-height: 28px; padding: 0; background: none; color: var(--brand); text-decoration: underline; font-weight: 600; text-align: left; justify-content: start; overflow-wrap: break-word; }
  tr[aria-current="true"] td { background: var(--brand-wash); }
  #chosen { outline: none; height: auto; }
  #chosen p { margin-bottom: var(--space-3); overflow-wrap: anywhere; }
  .narrow { display: none; }
  @media (max-width: 900px) { .id { min-height: 44px; } .narrow { display: block; } }
`
