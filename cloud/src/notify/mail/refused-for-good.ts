/** What an error of nodemailer says of a refusal. */
interface Refusal {
  readonly command?: string | undefined
  readonly responseCode?: number | undefined
  readonly response?: string | undefined
}

/** Words on a recipient or a message (RFC 5321, 4.2.3); 530, 534, 535 and 538 are on our log-in, 552 is on room, which there may be later. */
const onThisMail: ReadonlySet<number> = new Set([550, 551, 553, 554, 556])
/**
 * What passes by all the same, by its enhanced status (RFC 3463): a full mailbox, the ways there and quotas, and who we are; before a
 * message is there to be judged all of policy is on that.
 */
const passing = { 'RCPT TO': /^\d{3}[ -]5\.(2\.2|4\.\d+|7\.\d+)\b/, DATA: /^\d{3}[ -]5\.(2\.2|4\.\d+|7\.[089])\b/ }

/** Whether a mail server refuses this recipient or this message for good: another try would end alike. */
export function isRefusedForGood(error: unknown): boolean {
  const { command, responseCode, response = '' } = error as Refusal
  if (command !== 'RCPT TO' && command !== 'DATA') return false
  return responseCode !== undefined && onThisMail.has(responseCode) && !passing[command].test(response)
}
