import { Hono } from 'hono'
import type { AppEnv } from '../../src/http/env.ts'

/** The control of B7: an app that keeps what it is sent by merging it key by key, as it is often written. */
export function mergesBodies(behind: Hono<AppEnv>): Hono<AppEnv> {
  const kept: Record<string, unknown> = {}
  return new Hono<AppEnv>().all('*', async (c) => {
    const text = await c.req.raw.clone().text()
    try {
      merge(kept, JSON.parse(text) as Record<string, unknown>)
    } catch {
      // no JSON, or deeper than it can follow: the app behind refuses it
    }
    return behind.fetch(c.req.raw)
  })
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
