/** Why the agent cannot start; each has one thing a person can do about it. */
export type StartErrorCode =
  /** The environment holds settings that cannot be. */
  | 'bad_config'
  /** The data folder cannot be made. */
  | 'bad_data_folder'
  /** Another agent uses the same data folder. */
  | 'outbox_locked'
  /** The cloud does not know the claim code, or it was used by another device. */
  | 'claim_refused'
  /** There is neither an identity nor a claim code. */
  | 'not_claimed'
  /** `device.json` is there and cannot be read. */
  | 'bad_identity'

/** A reason not to start that a person can mend; its message says how, so no stack is shown. */
export class StartError extends Error {
  override readonly name = 'StartError'
  readonly code: StartErrorCode

  constructor(code: StartErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
