import { noon } from './example-records.ts'
import { type Outbox, type OutboxOptions, openOutbox } from './outbox.ts'

type ExampleOptions = Pick<OutboxOptions, 'folder' | 'privateKey'> & Partial<OutboxOptions>

/** An outbox at noon that commits when it is told to, and keeps its troubles to itself. For tests. */
export const openExampleOutbox = (options: ExampleOptions): Outbox =>
  openOutbox({
    device: 'DEV-1',
    buildMs: 0,
    wallMs: () => noon,
    after: () => () => {},
    trouble: () => {},
    warn: () => {},
    ...options,
  })
