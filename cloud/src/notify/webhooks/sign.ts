import { createHmac, randomBytes } from 'node:crypto'

const prefix = 'whsec_'
const secretBytes = 32

/** Draws the secret of a webhook, as Standard Webhooks writes it. */
export const drawSecret = (): string => `${prefix}${randomBytes(secretBytes).toString('base64')}`

/**
 * Signs a message by the scheme of Standard Webhooks: HMAC-SHA256 over id, time and body, once by each secret; who receives it takes it
 * where one of the signatures is right.
 */
export function signWebhook(
  secrets: readonly string[],
  { id, atS, body }: { id: string; atS: number; body: string },
): Record<string, string> {
  const signatures = secrets.map((secret) => {
    const key = Buffer.from(secret.slice(prefix.length), 'base64')
    return `v1,${createHmac('sha256', key).update(`${id}.${atS}.${body}`).digest('base64')}`
  })
  return { 'webhook-id': id, 'webhook-timestamp': String(atS), 'webhook-signature': signatures.join(' ') }
}
