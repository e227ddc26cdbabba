/** A change of a plan that is not allowed; `missing` where there is no such plan, `forbidden` where another must do it. */
export class PlanError extends Error {
  override readonly name = 'PlanError'
  readonly kind: 'missing' | 'forbidden' | 'conflict'

  constructor(kind: PlanError['kind'], message: string) {
    super(message)
    this.kind = kind
  }
}
