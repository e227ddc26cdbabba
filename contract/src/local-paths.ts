/** Paths of the agent's local API; nothing else in the code spells them. */
export const localPaths = {
  /** GET: what the in-car screen shows, as Server-Sent Events. */
  screen: '/local/v1/screen',
  /** POST: show a code for pairing a phone, on the box's own screen. */
  pairing: '/local/v1/pairing',
  /** POST: a phone gives the code and gets its token. */
  pair: '/local/v1/pair',
  /** POST: a paired phone says how it is used. */
  phone: '/local/v1/phone',
  /** GET: has the agent examine itself, for this computer alone. */
  report: '/local/v1/report',
} as const
