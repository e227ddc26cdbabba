import type { IncomingMessage, ServerResponse } from 'node:http'

/** Everything comes from here, nothing is inline, nothing may frame it; and no other origin may read it (no CORS header at all). */
const headers = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
} as const

/** A handler of one path. */
export type Handler = (request: IncomingMessage, response: ServerResponse) => void | Promise<void>

/** Begins an answer with the headers that all have. */
export function begin(response: ServerResponse, status: number, type: string, more: Record<string, string> = {}): void {
  response.writeHead(status, { ...headers, 'content-type': type, ...more })
}

/** Answers with JSON. */
export function answerJson(response: ServerResponse, status: number, body: unknown): void {
  begin(response, status, 'application/json')
  response.end(`${JSON.stringify(body)}\n`)
}

/** What a request cannot have: answered as problem details (RFC 9457). */
export class Refusal extends Error {
  readonly status: number
  readonly headers: Record<string, string>

  constructor(status: number, message: string, headers: Record<string, string> = {}) {
    super(message)
    this.status = status
    this.headers = headers
  }
}

/** Answers a refusal; of what went wrong inside it says nothing. */
export function answerProblem(response: ServerResponse, error: unknown): void {
  if (response.headersSent) {
    response.destroy()
    return
  }
  const {
    status,
    message,
    headers: more,
  } = error instanceof Refusal ? error : new Refusal(500, 'The agent failed at this; its log says how.')
  begin(response, status, 'application/problem+json', { connection: 'close', ...more })
  response.end(`${JSON.stringify({ type: 'about:blank', status, detail: message })}\n`)
}
