import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import type { OpenApi, Operation } from './openapi.ts'
import type { RawAnswer } from './raw-http.ts'

const problemType = 'application/problem+json'
const moment = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/
const isOne = (expression: RegExp) => (text: string) => expression.test(text)

/** What is wrong with an answer by the description; null where nothing is. */
export type JudgeAnswer = (operation: Operation, answer: RawAnswer) => { kind: string; detail: string } | null

/** Judges answers by a description: the status, the type and the body, each as it is documented. */
export function createJudgeAnswer(document: OpenApi): JudgeAnswer {
  const ajv = new Ajv2020({ strict: false, allErrors: false, unicodeRegExp: true })
  ajv.addFormat('date-time', isOne(moment))
  ajv.addFormat('date', isOne(/^\d{4}-\d\d-\d\d$/))
  ajv.addFormat('email', isOne(/^[^@\s]+@[^@\s]+$/))
  ajv.addFormat('binary', true)
  ajv.addSchema(document, 'api')
  const compiled = new Map<unknown, ValidateFunction>()
  const validatorOf = (schema: object): ValidateFunction => {
    const known = compiled.get(schema) ?? ajv.compile(absolute(schema) as object)
    compiled.set(schema, known)
    return known
  }

  return (operation, { status, headers, body }) => {
    const type = String(headers['content-type'] ?? '').split(';')[0] ?? ''
    const documented = operation.responses[String(status)]
    const said = `${status} ${type} ${body.toString().slice(0, 300)}`
    if (status >= 500 && status !== 503) return { kind: '5xx', detail: said }
    if (!documented) return { kind: 'undocumented status', detail: said }
    if (!documented.content) return body.length === 0 ? null : { kind: 'undocumented body', detail: said }
    const media = documented.content[type]
    if (!media) return { kind: status >= 400 ? 'no problem document' : 'undocumented type', detail: said }
    if (!media.schema || !/json/.test(type)) return null
    const value = parsed(body)
    if (value === undefined) return { kind: 'no JSON', detail: said }
    const isValid = validatorOf(media.schema)
    if (!isValid(value)) return { kind: 'not as its schema', detail: `${ajv.errorsText(isValid.errors)}: ${said}` }
    if (type === problemType && (value as { status: unknown }).status !== status)
      return { kind: 'another status in the problem', detail: said }
    return null
  }
}

/** References into the document, by its name here. */
function absolute(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(absolute)
  if (typeof node !== 'object' || node === null) return node
  return Object.fromEntries(
    Object.entries(node).map(([key, value]) =>
      key === '$ref' && typeof value === 'string' ? [key, value.replace(/^#/, 'api#')] : [key, absolute(value)],
    ),
  )
}

function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString())
  } catch {
    return undefined
  }
}
