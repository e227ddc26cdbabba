import { bandType, kindType, maybeDouble } from './judgement.ts'

/** A record of the `urgent` lane. */
export const urgentSchema = {
  type: 'record' as const,
  name: 'fairmile.v1.Alert',
  fields: [
    { name: 'eventId', type: 'string' },
    { name: 'tripId', type: 'string' },
    { name: 'kind', type: kindType },
    { name: 'band', type: bandType },
    { name: 'at', type: 'long' },
    { name: 'value', type: 'double' },
    { name: 'speedMps', type: maybeDouble },
    { name: 'lat', type: maybeDouble },
    { name: 'lon', type: maybeDouble },
  ],
}
