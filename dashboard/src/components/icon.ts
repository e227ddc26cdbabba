import { html, svg } from 'lit'

const paths = {
  dashboard: svg`<path d="M4 13a8 8 0 1 1 16 0M12 13l4-4" /><circle cx="12" cy="13" r="1.4" />`,
  score: svg`<path d="M12 3v18M12 7h7v3h-7M12 14H5v3h7" />`,
  live: svg`<path d="M3 12h4l3-7 4 14 3-7h4" />`,
  trips: svg`<path d="M6 19c8 0 3-9 8-9h1M6 19a2 2 0 1 0 0-.01M18 10c2-2.4 3-3.8 3-5a3 3 0 0 0-6 0c0 1.200 1 2.600 3 5Z" />`,
  price: svg`<path d="M5 3h14v18l-3-2-2 2-2-2-2 2-2-2-3 2ZM9 8h6M9 12h6" />`,
  rewards: svg`<path d="m12 3 2.700 5.600 6.100.8-4.500 4.200 1.200 6.100L12 16.700l-5.500 3 1.200-6.100L3.200 9.400l6.100-.8Z" />`,
  notifications: svg`<path d="M6 17V11a6 6 0 1 1 12 0v6l1.500 1.500h-15ZM10 21h4" />`,
  profile: svg`<circle cx="12" cy="8" r="4" /><path d="M4 21c1-5 4-7 8-7s7 2 8 7" />`,
  devices: svg`<rect x="4" y="4" width="16" height="16" rx="2" /><path d="M9 9h6v6H9ZM9 1v3M15 1v3M9 20v3M15 20v3M1 9h3M1 15h3M20 9h3M20 15h3" />`,
  plans: svg`<path d="M6 3h9l4 4v14H6ZM15 3v4h4M9 12h7M9 16h7" />`,
  rulings: svg`<path d="M12 4v16M7 20h10M5 7h14M5 7l-3 7a3 3 0 0 0 6 0ZM19 7l-3 7a3 3 0 0 0 6 0Z" />`,
  redemptions: svg`<path d="M4 9h16v4H4ZM6 13v8h12v-8M12 9v12M12 9C9 9 7 7.500 7.500 5.500S11 4.500 12 9c1-4.500 4-5.500 4.500-3.500S15 9 12 9Z" />`,
  overview: svg`<path d="M4 20V10M10 20V4M16 20v-7M21 20H3" />`,
  drivers: svg`<circle cx="9" cy="8" r="3.5" /><path d="M2.500 20c.6-4 3-6 6.500-6s5.900 2 6.500 6M16 5a3.500 3.500 0 0 1 0 6.500M18 14.500c2 .8 3.200 2.600 3.500 5.500" />`,
  policies: svg`<path d="M12 3l7 3v5c0 5-3 8-7 10-4-2-7-5-7-10V6ZM9 12l2 2 4-4" />`,
  users: svg`<circle cx="8" cy="14" r="4" /><path d="m11 11 9-8M17 6l3 3M14 8.500l2 2" />`,
  reports: svg`<path d="M6 3h8l4 4v14H6ZM14 3v4h4M9 12h6M9 16h6" />`,
  webhooks: svg`<circle cx="6" cy="17" r="3" /><circle cx="18" cy="17" r="3" /><circle cx="12" cy="6" r="3" /><path d="M9 17h6M7.500 14.400l3-5.700M16.500 14.400l-3-5.700" />`,
  'dead-messages': svg`<path d="M3 6h18v12H3ZM3 7l9 6 9-6M15 15l4 4M19 15l-4 4" />`,
  more: svg`<circle cx="5" cy="12" r="1.2" /><circle cx="12" cy="12" r="1.2" /><circle cx="19" cy="12" r="1.2" />`,
  check: svg`<path d="m4 12 5 6L20 6" />`,
  differs: svg`<path d="M12 4v10M12 19v.5" />`,
}
export type IconName = keyof typeof paths

/** A line drawing in the colour of the text; never alone, always beside words. */
export const icon = (name: IconName, sizePx = 20) => html`<svg width=${sizePx} height=${sizePx} viewBox="0 0 24 24"
  fill="none" stroke="currentColor" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round"
  aria-hidden="true">${paths[name]}</svg>`

/** The mark of Fairmile. */
export const mark =
  () => html`<svg width="26" height="26" viewBox="0 0 26 26" fill="none" stroke="var(--brand)" aria-hidden="true">
  <circle cx="13" cy="13" r="12" stroke-width="2" /><path d="M6 17c4-9 10-9 14 0" stroke-width="2.5" stroke-linecap="round" /></svg>`
