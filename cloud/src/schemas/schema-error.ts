/** What can be wrong with a request to the registry: the error codes of Confluent's Schema Registry API, their status and their words. */
const kinds = {
  'subject-not-found': { code: 40401, status: 404 },
  'version-not-found': { code: 40402, status: 404 },
  'schema-not-found': { code: 40403, status: 404 },
  'level-not-found': { code: 40408, status: 404 },
  incompatible: { code: 409, status: 409 },
  'invalid-schema': { code: 42201, status: 422 },
  'invalid-version': { code: 42202, status: 422 },
  'invalid-level': { code: 42203, status: 422 },
  'invalid-body': { code: 422, status: 422 },
} as const satisfies Record<string, { code: number; status: number }>
type SchemaErrorKind = keyof typeof kinds

/** A request to the schema registry that cannot be met; told to who asked. */
export class SchemaError extends Error {
  readonly kind: SchemaErrorKind
  /** As Confluent's clients know it. */
  readonly code: number
  readonly status: 404 | 409 | 422

  constructor(kind: SchemaErrorKind, message: string, options?: ErrorOptions) {
    super(message, options)
    this.kind = kind
    this.code = kinds[kind].code
    this.status = kinds[kind].status
  }
}
