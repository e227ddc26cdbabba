/** Version of the feature code: it grows with each change of what models are trained with; an artifact names its own. */
export const featureVersion = 3

/** What a feature is and why it is there. */
export interface Feature {
  /** Name in tables, manifests and receipts. */
  readonly name: string
  readonly unit: string
  readonly formula: string
  readonly reason: string
  /** 1 where more of it may only raise the risk, −1 where it may only lower it, 0 where it is free. */
  readonly monotone: -1 | 0 | 1
}
