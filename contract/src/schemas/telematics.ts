import { telematicsFields } from '../columns/telematics-fields.ts'

/** One telematics event as plain integers, for a row of the outbox. */
export const telematicsEventSchema = {
  type: 'record' as const,
  name: 'fairmile.v1.TelematicsEvent',
  fields: [
    { name: 'seq', type: 'long' },
    ...telematicsFields.map(({ name, nullable }) => ({ name, type: nullable ? ['null', 'long'] : 'long' })),
  ],
}

/**
 * A batch of telematics events: a packed column a field (`columns/column.ts`), so that a field can be added later. A column without bytes,
 * the default of one that a writer does not know, is unknown throughout; defaults are no part of a fingerprint.
 */
export const telematicsColumnsSchema = {
  type: 'record' as const,
  name: 'fairmile.v1.TelematicsColumns',
  fields: telematicsFields.map(({ name, nullable }) => ({ name, type: 'bytes', ...(nullable && { default: '' }) })),
}
