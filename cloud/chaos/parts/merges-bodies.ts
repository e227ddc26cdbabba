/** The control of B7: an app that keeps what it is sent by merging it key by key, as it is often written, and answers with nothing. */
export function mergesBodies() {
  const kept: Record<string, unknown> = {}
  return {
    request: async (_path: string, { body }: { body?: Uint8Array<ArrayBuffer> }): Promise<Response> => {
      try {
        merge(kept, JSON.parse(Buffer.from(body ?? []).toString()) as Record<string, unknown>)
      } catch {
        // no JSON, or deeper than it can follow
      }
      return new Response(null, { status: 204 })
    },
  }
}

function merge(into: Record<string, unknown>, from: Record<string, unknown>): void {
  for (const [key, value] of Object.entries(from)) {
    if (typeof value !== 'object' || value === null) {
      into[key] = value
      continue
    }
    if (typeof into[key] !== 'object' && typeof into[key] !== 'function') into[key] = {}
    merge(into[key] as Record<string, unknown>, value as Record<string, unknown>)
  }
}
