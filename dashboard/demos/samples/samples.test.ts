import { it } from 'node:test'
import { User } from '@fairmile/contract/http/auth.ts'
import { DeadLetter } from '@fairmile/contract/http/dead-letters.ts'
import { DeadDelivery } from '@fairmile/contract/http/deliveries.ts'
import { DeviceCare } from '@fairmile/contract/http/device-care.ts'
import { Device } from '@fairmile/contract/http/devices.ts'
import { Driver } from '@fairmile/contract/http/drivers.ts'
import { DrivingEventDetail, DrivingEventList } from '@fairmile/contract/http/events.ts'
import { NotificationAttempt, NotificationDelivery } from '@fairmile/contract/http/notification-deliveries.ts'
import { pageOf } from '@fairmile/contract/http/page.ts'
import { Premium, ReceiptSummary } from '@fairmile/contract/http/pricing.ts'
import { DriverReasons } from '@fairmile/contract/http/reasons.ts'
import { AdminRedemption } from '@fairmile/contract/http/rewards.ts'
import { Score } from '@fairmile/contract/http/score.ts'
import { Trip, TripPath } from '@fairmile/contract/http/trips.ts'
import { CreatedWebhook, Webhook } from '@fairmile/contract/http/webhooks.ts'
import { samplePath } from './drive.ts'
import {
  sampleAdmin,
  sampleCare,
  sampleDeadLetters,
  sampleDevices,
  sampleDriver,
  sampleScore,
  sampleUser,
} from './people.ts'
import { samplePremium, sampleReceipts } from './pricing.ts'
import { reasonsModel, sampleReasons, scoreBy } from './reasons.ts'
import { sampleRedemptions, sampleRefusedRedemption } from './rewards.ts'
import { sampleEventDetail, sampleEvents, sampleTripPage, sampleTrips } from './trips.ts'
import {
  sampleAttempts,
  sampleCreatedWebhook,
  sampleDeadDeliveries,
  sampleDeadNotifications,
  sampleWebhooks,
} from './webhooks.ts'

it('samples are what the contract says the cloud answers', () => {
  for (const user of [sampleUser, sampleAdmin]) User.parse(user)
  for (const device of sampleDevices) Device.parse(device)
  DeviceCare.parse(sampleCare)
  for (const letter of sampleDeadLetters) DeadLetter.parse(letter)
  for (const webhook of sampleWebhooks) Webhook.parse(webhook)
  for (const redemption of [...sampleRedemptions, sampleRefusedRedemption]) AdminRedemption.parse(redemption)
  CreatedWebhook.parse(sampleCreatedWebhook)
  for (const attempt of sampleAttempts) NotificationAttempt.parse(attempt)
  for (const delivery of sampleDeadDeliveries) DeadDelivery.parse(delivery)
  for (const delivery of sampleDeadNotifications) NotificationDelivery.parse(delivery)
  for (const trip of sampleTrips) Trip.parse(trip)
  for (const receipt of sampleReceipts) ReceiptSummary.parse(receipt)
  for (const event of sampleEvents) DrivingEventDetail.parse(sampleEventDetail(event))
  pageOf(Trip).parse(sampleTripPage(null, 20))
  DrivingEventList.parse({ items: sampleEvents })
  Driver.parse(sampleDriver)
  Score.parse(sampleScore)
  Score.parse(scoreBy(reasonsModel))
  DriverReasons.parse(sampleReasons)
  Premium.parse(samplePremium)
  TripPath.parse(samplePath)
})
