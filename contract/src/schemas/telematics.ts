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

/** A batch of telematics events: a packed column a field (`columns/column.ts`), so that a field can be added later. */
export const telematicsColumnsSchema = {
  type: 'record' as const,
  name: 'fairmile.v1.TelematicsColumns',
  fields: telematicsFields.map(({ name }) => ({ name, type: 'bytes' })),
}
