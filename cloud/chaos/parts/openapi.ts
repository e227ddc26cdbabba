/** A JSON Schema as OpenAPI 3.1 has them. */
export interface Schema {
  $ref?: string
  type?: string | string[]
  const?: unknown
  enum?: unknown[]
  anyOf?: Schema[]
  oneOf?: Schema[]
  allOf?: Schema[]
  properties?: Record<string, Schema>
  required?: string[]
  additionalProperties?: Schema | boolean
  items?: Schema
  prefixItems?: Schema[]
  pattern?: string
  format?: string
  minLength?: number
  maxLength?: number
  minItems?: number
  maxItems?: number
  minimum?: number
  maximum?: number
  default?: unknown
}

export interface Parameter {
  name: string
  in: 'path' | 'query' | 'header'
  required?: boolean
  schema: Schema
}

export interface Documented {
  content?: Record<string, { schema?: Schema }>
}

/** One operation of a description, its references followed. */
export interface Operation {
  id: string
  method: string
  path: string
  parameters: Parameter[]
  body: Schema | null
  responses: Record<string, Documented>
}

export type OpenApi = Record<string, unknown> & { paths: Record<string, Record<string, Record<string, unknown>>> }

/** What a reference within a document names; anything else as it is. */
export function follow<T>(document: object, node: T): T {
  const { $ref } = (node ?? {}) as { $ref?: string }
  if ($ref === undefined) return node
  const found = $ref
    .slice(2)
    .split('/')
    .reduce<unknown>((at, key) => (at as Record<string, unknown>)[key.replaceAll('~1', '/')], document)
  return follow(document, found as T)
}

/** All operations of a description. */
export function operationsOf(document: OpenApi): Operation[] {
  return Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => {
      const { operationId, parameters = [], requestBody, responses } = operation
      const body = follow(document, requestBody) as Documented | undefined
      return {
        id: String(operationId),
        method: method.toUpperCase(),
        path,
        parameters: (parameters as unknown[]).map((parameter) => follow(document, parameter) as Parameter),
        body: body?.content?.['application/json']?.schema ?? null,
        responses: Object.fromEntries(
          Object.entries(responses as Record<string, unknown>).map(([status, answer]) => [
            status,
            follow(document, answer) as Documented,
          ]),
        ),
      }
    }),
  )
}
