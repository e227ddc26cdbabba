/** Where senders are told that there is something to send. */
export const deliveriesChannel = 'fairmile_notification_deliveries'
