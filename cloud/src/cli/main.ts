import { Command, CommanderError, InvalidArgumentError } from 'commander'
import { messageOf, UsageError } from '../errors.ts'
import { brokerCommand } from './broker.ts'
import { claimsCommand } from './claims.ts'
import { deadLettersCommand } from './dead-letters.ts'
import { devicesCommand } from './devices.ts'
import { exportCommand } from './export.ts'
import { jobsCommand } from './jobs.ts'
import { migrateCommand } from './migrate.ts'
import { notificationsCommand } from './notifications.ts'
import { partitionsCommand } from './partitions.ts'
import { plansCommand } from './plans.ts'
import { registryCommand } from './registry.ts'
import { reportsCommand } from './reports.ts'
import { schemasCommand } from './schemas.ts'
import { scoreCommand } from './score.ts'
import { serveCommand } from './serve.ts'
import { usersCommand } from './users.ts'

/** Something went wrong; and: the user can put it right (arguments, configuration, a port or folder in use). */
const exitCodes = { failure: 1, usage: 2 } as const

const program = new Command('fairmile-cloud')
  .description('The cloud of Fairmile: stores what cars send, scores drivers and prices their policies.')
  .addHelpText(
    'before',
    `Examples:
  fairmile-cloud serve                            start with everything embedded, data in ./data/cloud
  DATABASE_URL=postgres://… fairmile-cloud serve  start on a PostgreSQL server
  fairmile-cloud score --all                      score every driver anew
  fairmile-cloud claims import claims.csv         what claims cost, for the report of loss by plan
  fairmile-cloud dead-letters list --json         what could not be stored, a JSON object a line
`,
  )
  .addHelpText(
    'after',
    `
Configuration (environment):
  PORT, HOST            HTTP address (8000, 127.0.0.1)
  FAIRMILE_PROXIES      proxies in front that write X-Forwarded-For (0): log-ins are limited by client
  FAIRMILE_HIGH_RISK    risk from which a driver is told that it is high, and below what it is calm again (70/60)
  FAIRMILE_RATE_LIMITS  requests a minute, like user=1200,login=30 (user=6000,address=600,login=120; 0: no limit)
  MQTT_PORT             port of the embedded broker (1883, none where it has TLS; 0 takes any)
  MQTT_TLS_PORT         its port with TLS (none); MQTT_CERT_FILE, MQTT_KEY_FILE: its certificate (one of the own authority)
  MQTT_URL              a broker elsewhere instead; MQTT_CA_FILE: who vouches for it; MQTT_CERT_FILE, MQTT_KEY_FILE: what
                        this process shows there
  MQTT_PASSWORD_FILE    password of the cloud's own account "fairmile-cloud", at the embedded broker or the one elsewhere
  MQTT_PUBLIC_URL       the address of the broker that devices are told
  FAIRMILE_AUTHORITY    folder of the authority that certifies devices (FAIRMILE_DATA/authority): the same for all processes
  FAIRMILE_INSTANCE     name of this process among those that share the work, the same after a restart (none)
  FAIRMILE_DATA         folder of the embedded database and the session key (./data/cloud)
  DATABASE_URL          PostgreSQL instead of the embedded database
  DATABASE_POOL, DATABASE_POOL_OVERFLOW
                        connections that stay, and more of them while those are busy (10, 20)
  DATABASE_POOL_RECYCLE_S, DATABASE_POOL_TIMEOUT_S
                        a connection is made anew after (3600), and is waited for (30), seconds
  FAIRMILE_RETENTION    days that rows are kept, like raw_chunks=30,dead_letters=90 (defaults: docs/guides/partitions.md)
  FAIRMILE_ARCHIVE_MONTHS
                        whole months of telematics that stay before they are archived each night (only by hand)
  REDIS_URL             Redis for the answers kept ready and the live messages of several processes
  KAFKA_BROKERS         host:port,… of Kafka, for domain events; without, they go by the database alone
  FAIRMILE_ADMIN_EMAIL, FAIRMILE_ADMIN_PASSWORD_FILE
                        the first admin, made where there is none
  FAIRMILE_SECRET_FILE  key of the sessions (drawn and kept in FAIRMILE_DATA)
  SMTP_URL, MAIL_FROM   mail server (smtp://, smtps://) and sender of notifications (no e-mails)
  PUBLIC_URL            where people reach the pages: links in e-mails, and whom push services may ask
  VAPID_KEY_FILE        key pair of web push, the same for all processes (drawn and kept in FAIRMILE_DATA)
  FAIRMILE_RECEIPT_KEY_FILE
                        key that signs receipts (drawn and kept in FAIRMILE_DATA)
  DASHBOARD_DIR         the built dashboard
  FAIRMILE_LOG_LEVEL    debug, info, warn, error or silent (info)

While "serve" holds the embedded database, the other commands go through it, by the socket control.sock in FAIRMILE_DATA
(its owner alone may open it); a second "serve" and "migrate" are refused.

Exit codes: 0 done, 1 failed, 2 wrong usage or configuration.`,
  )
  .exitOverride()
for (const command of [
  serveCommand(),
  migrateCommand(),
  partitionsCommand(),
  claimsCommand(),
  deadLettersCommand(),
  devicesCommand(),
  brokerCommand(),
  exportCommand(),
  jobsCommand(),
  plansCommand(),
  notificationsCommand(),
  registryCommand(),
  reportsCommand(),
  schemasCommand(),
  scoreCommand(),
  usersCommand(),
])
  program.addCommand(inherit(command, program))

/** Gives a command and those below it the settings above: each throws for wrong usage instead of ending the process with 1. */
function inherit(command: Command, parent: Command): Command {
  command.copyInheritedSettings(parent)
  for (const child of command.commands) inherit(child, command)
  return command
}

try {
  await program.parseAsync()
} catch (error) {
  // Commander itself tells what is wrong with a command line, but not what an action finds wrong with an argument.
  if (error instanceof InvalidArgumentError) console.error(`error: ${error.message}`)
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : exitCodes.usage
  else {
    console.error(messageOf(error))
    process.exitCode = error instanceof UsageError ? exitCodes.usage : exitCodes.failure
  }
}
