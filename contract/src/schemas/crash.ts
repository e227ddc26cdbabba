import { maybeDouble } from './judgement.ts'

/** A record of the `urgent` lane since version 2: a crash with a stretch of what the IMU felt around it, packed as in `columns/crash-columns.ts`. */
export const crashSchema = {
  type: 'record' as const,
  name: 'fairmile.v2.Crash',
  fields: [
    { name: 'eventId', type: 'string' },
    { name: 'tripId', type: 'string' },
    { name: 'at', type: 'long' },
    { name: 'deltaVMps', type: 'double' },
    { name: 'directionDeg', type: maybeDouble },
    { name: 'peakMps2', type: 'double' },
    { name: 'rolledOver', type: 'boolean' },
    { name: 'saturated', type: 'boolean' },
    { name: 'rateHz', type: 'double' },
    { name: 'fromMs', type: 'long' },
    {
      name: 'imu',
      type: {
        type: 'record' as const,
        name: 'fairmile.v2.CrashReadings',
        fields: [
          { name: 'rows', type: 'int' },
          { name: 'planes', type: 'bytes' },
        ],
      },
    },
  ],
}
