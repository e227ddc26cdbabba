import type { TemplateResult } from 'lit'

/** One component in each of its states, by the name of the state. */
export type Demo = Record<string, () => TemplateResult>
