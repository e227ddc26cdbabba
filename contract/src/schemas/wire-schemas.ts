import type { Schema } from 'avsc'
import { crashSchema } from './crash.ts'
import { envelopeSchema } from './envelope.ts'
import { gapSchema } from './gap.ts'
import { rawSchema } from './raw.ts'
import { telematicsColumnsSchema } from './telematics.ts'
import { tripsSchema } from './trips.ts'
import { urgentSchema } from './urgent.ts'

/**
 * Every schema of the device log that this version speaks, the newest of each subject. A subject is a line of schemas that follow one
 * another, as schema registries have it.
 */
export const wireSchemas: Readonly<Record<string, Schema>> = {
  'fairmile.batch': envelopeSchema,
  'fairmile.urgent.alert': urgentSchema,
  'fairmile.urgent.crash': crashSchema,
  'fairmile.trips': tripsSchema as Schema,
  'fairmile.telematics': telematicsColumnsSchema,
  'fairmile.raw': rawSchema,
  'fairmile.gap': gapSchema,
}
