import { z } from 'zod'

/** Public ids as they stand in paths: `DRV-0001`, `TRP-…`. */
const publicId = (prefix: string, example = `${prefix}-8F3K2M7Q9R`) =>
  z
    .string()
    .regex(new RegExp(`^${prefix}-[0-9A-Z]{1,26}$`))
    .meta({ example })

export const DriverId = publicId('DRV', 'DRV-0001')
export const VehicleId = publicId('VEH')
export const PolicyId = publicId('POL')
export const DeviceId = publicId('DEV')
export const UserId = publicId('USR')
export const TripId = publicId('TRP')
export const EventId = publicId('EVT')
export const ContestId = publicId('CON')
export const RedemptionId = publicId('RDM')
/** A receipt's id is the start of its seal, in hex. */
export const ReceiptId = z
  .string()
  .regex(/^RCP-[0-9a-f]{16}$/)
  .meta({ example: 'RCP-0123456789abcdef' })
