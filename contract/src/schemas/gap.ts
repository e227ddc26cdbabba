import { gapReasons } from '../gap.ts'
import { telematicsColumnsSchema } from './telematics.ts'

/**
 * What stands in a lane's chain in place of batches that were dropped. The envelope says which sequence numbers it stands for, and
 * the hash of the batch before them.
 */
export const gapSchema = {
  type: 'record' as const,
  name: 'fairmile.v2.Gap',
  fields: [
    { name: 'reason', type: { type: 'enum' as const, name: 'fairmile.v2.GapReason', symbols: [...gapReasons] } },
    { name: 'at', type: 'long' },
    { name: 'endHash', type: { type: 'fixed' as const, name: 'fairmile.v2.EndHash', size: 32 } },
    {
      name: 'kept',
      type: {
        type: 'record' as const,
        name: 'fairmile.v2.Kept',
        fields: [
          { name: 'count', type: 'int' },
          // Places from the first number on, packed as in `columns/column.ts`.
          { name: 'places', type: 'bytes' },
          { name: 'columns', type: telematicsColumnsSchema },
        ],
      },
    },
  ],
}
