import type { Lots } from '../../../scripts/chaos/lots.ts'
import { type DrawValue, drawJunk, mutated } from './draw-value.ts'
import type { Operation, Parameter } from './openapi.ts'
import type { RawRequest } from './raw-http.ts'

/** More than the API takes of a body, bytes. */
const tooMuch = 70_000
/** Shares of requests as they are described, with something wrong, and of anything at all. */
const shares = { valid: 0.45, mutated: 0.85 }

/** Draws a request for an operation: as it is described, changed somewhere, or anything. */
export function drawRequest(operation: Operation, { lots, draw }: { lots: Lots; draw: DrawValue }): RawRequest {
  const how = lots.next()
  const kind = how < shares.valid ? 'valid' : how < shares.mutated ? 'mutated' : 'random'
  const wrong = (): boolean => kind === 'random' || (kind === 'mutated' && lots.chance(0.4))
  const drawText = ({ schema, name }: Parameter): string => textOf(wrong() ? drawJunk(lots) : draw(schema, name))
  const path = operation.path.replaceAll(/\{(\w+)\}/g, (_all, name: string) => {
    const parameter = operation.parameters.find((one) => one.in === 'path' && one.name === name)
    return encodeURIComponent(parameter ? segmentOf(drawText(parameter)) : name)
  })
  const query: string[] = []
  const headers: Record<string, string> = { accept: '*/*' }
  for (const parameter of operation.parameters) {
    if (parameter.in === 'path' || (!parameter.required && lots.chance(0.5))) continue
    if (parameter.in === 'header') headers[parameter.name.toLowerCase()] = headerOf(drawText(parameter))
    else query.push(`${encodeURIComponent(parameter.name)}=${encodeURIComponent(drawText(parameter))}`)
  }
  if (kind === 'random' && lots.chance(0.1)) headers.origin = 'https://elsewhere.example'
  const body =
    operation.body === null ? drawStray(lots, operation, headers) : drawBody(operation, { lots, draw, kind, headers })
  return { method: operation.method, path: query.length > 0 ? `${path}?${query.join('&')}` : path, headers, body }
}

interface BodyOptions {
  lots: Lots
  draw: DrawValue
  kind: 'valid' | 'mutated' | 'random'
  headers: Record<string, string>
}

function drawBody({ body }: Operation, { lots, draw, kind, headers }: BodyOptions): Buffer | null {
  headers['content-type'] = 'application/json'
  const valid = draw(body ?? {})
  if (kind === 'valid') return Buffer.from(JSON.stringify(valid))
  if (kind === 'mutated') {
    const once = mutated(valid, lots)
    return Buffer.from(JSON.stringify(lots.chance(0.3) ? mutated(once, lots) : once))
  }
  const text = JSON.stringify(valid)
  const way = lots.below(6)
  if (way === 0) headers['content-type'] = lots.pick(['text/plain', 'application/x-www-form-urlencoded', ''])
  if (way === 1) return null
  if (way === 2) return Buffer.alloc(tooMuch, 0x20)
  if (way === 3) return Buffer.from(text.slice(0, lots.below(text.length + 1)))
  if (way === 4) return Buffer.from(Array.from({ length: lots.below(200) }, () => lots.below(256)))
  return Buffer.from(JSON.stringify(drawJunk(lots)))
}

/** Now and then a body where none belongs. */
function drawStray(lots: Lots, { method }: Operation, headers: Record<string, string>): Buffer | null {
  if (method === 'GET' || lots.chance(0.8)) return null
  headers['content-type'] = lots.pick(['application/json', 'text/plain'])
  return Buffer.from('{"a":')
}

const textOf = (value: unknown): string =>
  (typeof value === 'string' ? value : (JSON.stringify(value) ?? '')).toWellFormed().slice(0, 2_000)
/** A segment that stays one: an empty one, or dots alone, would be another path. */
export const segmentOf = (text: string): string => (/^\.{0,2}$/.test(text) ? 'x' : text)
const headerOf = (text: string): string => text.replaceAll(/[^\x20-\x7e]/g, '?').slice(0, 500)
