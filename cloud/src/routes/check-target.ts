import { ProblemError } from '../http/problem.ts'
import { RefusedTargetError, readTarget, type TargetRules } from '../notify/outbound/target.ts'

/** Refuses an address that nothing would be sent to, as far as it can be seen. @throws ProblemError `validation` */
export function checkTarget(url: string, rules: TargetRules, field: string): void {
  try {
    readTarget(url, rules)
  } catch (error) {
    if (!(error instanceof RefusedTargetError)) throw error
    throw new ProblemError('validation', 'The address cannot be sent to.', {
      errors: [{ path: `json.${field}`, message: error.message }],
    })
  }
}
