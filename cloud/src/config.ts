import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { type PoolSizes, poolDefaults } from './db/pool.ts'
import { type RetentionDays, readRetention } from './db/retention.ts'
import { messageOf, UsageError } from './errors.ts'
import { type RateLimits, readRateLimits } from './limits/rate-limits.ts'
import { type HighRisk, readHighRisk } from './notify/high-risk.ts'

const port = (name: string) =>
  z
    .string()
    .regex(/^\d{1,5}$/, `${name} must be a port number, 0 to 65535`)
    .transform(Number)
    .refine((value) => value <= 65_535, `${name} must be a port number, 0 to 65535`)

const whole = (name: string, [least, most]: readonly [number, number], fallback: number) => {
  const message = `${name} must be a whole number from ${least} to ${most}`
  return z
    .string()
    .regex(/^\d{1,6}$/, message)
    .transform(Number)
    .refine((value) => value >= least && value <= most, message)
    .default(fallback)
}

const address = (name: string, protocols: readonly string[]) =>
  z
    .string()
    .refine(
      (value) => URL.canParse(value) && protocols.includes(new URL(value).protocol),
      `${name} must be an address that begins with ${protocols.map((protocol) => `${protocol}//`).join(' or ')}`,
    )
    .optional()

/** Makes of a reader that throws one whose problems are listed with the rest. */
const reading =
  <T>(read: (text: string) => T) =>
  (text: string, context: z.RefinementCtx<string>): T => {
    try {
      return read(text)
    } catch (error) {
      context.addIssue(messageOf(error))
      return z.NEVER
    }
  }

/** What one process of the service can be; without a choice it is all of them. */
export const roles = ['api', 'ingest', 'worker', 'broker'] as const
export type Role = (typeof roles)[number]

const rolesMessage = `FAIRMILE_ROLES must be some of ${roles.join(', ')}, with commas between them`

const logLevels = ['debug', 'info', 'warn', 'error', 'silent'] as const
const defaultMqttPort = 1883
const mqttProtocols = ['mqtt:', 'mqtts:']

/** Every variable that the service reads; each with its own words for what is wrong with it. */
const Environment = z
  .object({
    PORT: port('PORT').default(8000),
    HOST: z.string().min(1).default('127.0.0.1'),
    MQTT_PORT: port('MQTT_PORT').optional(),
    MQTT_TLS_PORT: port('MQTT_TLS_PORT').optional(),
    MQTT_CERT_FILE: z.string().optional(),
    MQTT_KEY_FILE: z.string().optional(),
    MQTT_CA_FILE: z.string().optional(),
    MQTT_PASSWORD_FILE: z.string().optional(),
    FAIRMILE_AUTHORITY: z.string().optional(),
    FAIRMILE_INSTANCE: z
      .string()
      .regex(/^[\w.-]{1,64}$/, 'FAIRMILE_INSTANCE must be 1 to 64 letters, digits, dots, dashes or underscores')
      .optional(),
    FAIRMILE_ROLES: z
      .string()
      .default(roles.join())
      .transform((value) => value.split(',').map((role) => role.trim()))
      .pipe(z.array(z.enum(roles, rolesMessage)).min(1)),
    FAIRMILE_PROXIES: z
      .string()
      .regex(/^\d$/, 'FAIRMILE_PROXIES must be how many proxies are in front, 0 to 9')
      .transform(Number)
      .default(0),
    FAIRMILE_RATE_LIMITS: z.string().default('').transform(reading(readRateLimits)),
    FAIRMILE_HIGH_RISK: z.string().default('').transform(reading(readHighRisk)),
    FAIRMILE_DATA: z.string().default('data/cloud'),
    DATABASE_URL: address('DATABASE_URL', ['postgres:', 'postgresql:']),
    DATABASE_POOL: whole('DATABASE_POOL', [1, 1000], poolDefaults.base),
    DATABASE_POOL_OVERFLOW: whole('DATABASE_POOL_OVERFLOW', [0, 1000], poolDefaults.overflow),
    DATABASE_POOL_RECYCLE_S: whole('DATABASE_POOL_RECYCLE_S', [10, 86_400], poolDefaults.recycleS),
    DATABASE_POOL_TIMEOUT_S: whole('DATABASE_POOL_TIMEOUT_S', [1, 600], poolDefaults.timeoutS),
    FAIRMILE_RETENTION: z.string().default('').transform(reading(readRetention)),
    FAIRMILE_ARCHIVE_MONTHS: z
      .string()
      .regex(/^[1-9]\d{0,2}$/, 'FAIRMILE_ARCHIVE_MONTHS must be how many months stay in the database, 1 to 999')
      .transform(Number)
      .optional(),
    MQTT_URL: address('MQTT_URL', mqttProtocols),
    MQTT_PUBLIC_URL: address('MQTT_PUBLIC_URL', mqttProtocols),
    REDIS_URL: address('REDIS_URL', ['redis:', 'rediss:']),
    KAFKA_BROKERS: z
      .string()
      .regex(
        /^[\w.[\]:-]+:\d{1,5}(,[\w.[\]:-]+:\d{1,5})*$/,
        'KAFKA_BROKERS must be host:port, several with commas between',
      )
      .transform((text) => text.split(','))
      .optional(),
    FAIRMILE_ADMIN_EMAIL: z.email('FAIRMILE_ADMIN_EMAIL must be an e-mail address').optional(),
    FAIRMILE_ADMIN_PASSWORD_FILE: z.string().optional(),
    FAIRMILE_SECRET_FILE: z.string().optional(),
    SMTP_URL: address('SMTP_URL', ['smtp:', 'smtps:']),
    MAIL_FROM: z
      .string()
      .max(200)
      .regex(/^[^<>\p{Cc}]*<?[^\s<>@]+@[^\s<>@]+>?$/u, 'MAIL_FROM must be like Fairmile <no-reply@example.org>')
      .optional(),
    PUBLIC_URL: address('PUBLIC_URL', ['https:', 'http:']),
    VAPID_KEY_FILE: z.string().optional(),
    FAIRMILE_RECEIPT_KEY_FILE: z.string().optional(),
    DASHBOARD_DIR: z.string().default(fileURLToPath(new URL('../../dashboard/dist', import.meta.url))),
    FAIRMILE_LOG_LEVEL: z.enum(logLevels, `FAIRMILE_LOG_LEVEL must be one of ${logLevels.join(', ')}`).default('info'),
  })
  .refine((env) => !env.FAIRMILE_ADMIN_EMAIL === !env.FAIRMILE_ADMIN_PASSWORD_FILE, {
    message: 'FAIRMILE_ADMIN_EMAIL and FAIRMILE_ADMIN_PASSWORD_FILE must be given together',
    when: () => true,
  })
  .refine((env) => !env.SMTP_URL === !env.MAIL_FROM, {
    message: 'SMTP_URL and MAIL_FROM must be given together',
    when: () => true,
  })
  .refine((env) => !env.MQTT_CERT_FILE === !env.MQTT_KEY_FILE, {
    message: 'MQTT_CERT_FILE and MQTT_KEY_FILE must be given together',
    when: () => true,
  })
  .superRefine((env, context) => {
    for (const name of neededApart(new Set(env.FAIRMILE_ROLES)))
      if (!env[name])
        context.addIssue(
          `${name} must be given where FAIRMILE_ROLES leaves out a role: processes meet in the database, Redis and the broker alone`,
        )
  })

/** What processes that share the roles meet in; one that is everything needs none of it. */
function neededApart(mine: ReadonlySet<Role>): ('DATABASE_URL' | 'REDIS_URL' | 'MQTT_URL')[] {
  if (mine.size === roles.length) return []
  const talksToDevices = mine.has('api') || mine.has('ingest')
  return ['DATABASE_URL', 'REDIS_URL', ...(talksToDevices && !mine.has('broker') ? (['MQTT_URL'] as const) : [])]
}

/** What the service was told by its environment. */
export interface Config {
  readonly roles: ReadonlySet<Role>
  /** Address that HTTP and the embedded broker listen on. */
  readonly host: string
  /** 0 takes any free port. */
  readonly port: number
  /** Of the embedded broker without TLS; null where it has TLS alone. */
  readonly mqttPort: number | null
  /** Of the embedded broker with TLS; null where it has none. */
  readonly mqttTlsPort: number | null
  /** The embedded broker's certificate, or with `mqttUrl` the one that this process shows there; PEM files. */
  readonly mqttIdentity: { readonly certFile: string; readonly keyFile: string } | null
  /** Who vouches for the broker at `mqttUrl`, beside the well-known authorities; a PEM file. */
  readonly mqttCaFile: string | undefined
  /** File with the password of the cloud's own account at the broker. */
  readonly mqttPasswordFile: string | undefined
  /** Folder of the authority that certifies devices. */
  readonly authorityDir: string
  /** Names this process among those that share the work; the same again after a restart. */
  readonly instance: string | undefined
  /** Proxies in front of the service that write `X-Forwarded-For`. */
  readonly proxies: number
  /** Requests a minute, by policy. */
  readonly rateLimits: RateLimits
  /** From which risk on a driver is told that it is high. */
  readonly highRisk: HighRisk
  /** Folder of the embedded database and of the session key. */
  readonly dataDir: string
  /** PostgreSQL; the embedded database where there is none. */
  readonly databaseUrl: string | undefined
  /** Connections to PostgreSQL. */
  readonly pool: PoolSizes
  /** Days that rows are kept. */
  readonly retention: RetentionDays
  /** Whole months of telematics that stay in the database before they are archived; null: only by hand. */
  readonly archiveMonths: number | null
  /** A broker elsewhere; the embedded one where there is none. */
  readonly mqttUrl: string | undefined
  /** Address of the broker as devices are told it, where it is not the one that is listened on. */
  readonly mqttPublicUrl: string | undefined
  readonly redisUrl: string | undefined
  /** Kafka for domain events; the outbox table alone where there is none. */
  readonly kafkaBrokers: readonly string[] | undefined
  /** The first admin, made where there is none. */
  readonly admin: { readonly email: string; readonly passwordFile: string } | null
  readonly secretFile: string
  /** Mail server and sender of notifications; null: no e-mails. */
  readonly mail: { readonly url: string; readonly from: string } | null
  /** Where people reach the pages; null: e-mails have no links. */
  readonly publicUrl: string | null
  /** Key pair of web push. */
  readonly vapidKeyFile: string
  /** The key that signs receipts. */
  readonly receiptKeyFile: string
  readonly dashboardDir: string
  readonly logLevel: string
}

/**
 * Reads the configuration from environment variables; an empty one counts as not given.
 *
 * @throws {UsageError} that lists every problem
 */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''))
  const parsed = Environment.safeParse(given)
  if (!parsed.success) {
    const problems = parsed.error.issues.map(({ message }) => `  - ${message}`)
    throw new UsageError(`Reading the configuration from the environment:\n${problems.join('\n')}`)
  }
  const { data } = parsed
  const { FAIRMILE_ADMIN_EMAIL: email, FAIRMILE_ADMIN_PASSWORD_FILE: passwordFile } = data
  const { MQTT_CERT_FILE: certFile, MQTT_KEY_FILE: keyFile } = data
  const dataDir = resolve(data.FAIRMILE_DATA)
  return Object.freeze({
    roles: new Set(data.FAIRMILE_ROLES),
    host: data.HOST,
    port: data.PORT,
    mqttPort: data.MQTT_PORT ?? (data.MQTT_TLS_PORT === undefined ? defaultMqttPort : null),
    mqttTlsPort: data.MQTT_TLS_PORT ?? null,
    mqttIdentity: certFile && keyFile ? { certFile, keyFile } : null,
    mqttCaFile: data.MQTT_CA_FILE,
    mqttPasswordFile: data.MQTT_PASSWORD_FILE,
    authorityDir: data.FAIRMILE_AUTHORITY ?? join(dataDir, 'authority'),
    instance: data.FAIRMILE_INSTANCE,
    proxies: data.FAIRMILE_PROXIES,
    rateLimits: data.FAIRMILE_RATE_LIMITS,
    highRisk: data.FAIRMILE_HIGH_RISK,
    dataDir,
    databaseUrl: data.DATABASE_URL,
    pool: Object.freeze({
      base: data.DATABASE_POOL,
      overflow: data.DATABASE_POOL_OVERFLOW,
      recycleS: data.DATABASE_POOL_RECYCLE_S,
      timeoutS: data.DATABASE_POOL_TIMEOUT_S,
    }),
    retention: data.FAIRMILE_RETENTION,
    archiveMonths: data.FAIRMILE_ARCHIVE_MONTHS ?? null,
    mqttUrl: data.MQTT_URL,
    mqttPublicUrl: data.MQTT_PUBLIC_URL,
    redisUrl: data.REDIS_URL,
    kafkaBrokers: data.KAFKA_BROKERS,
    admin: email && passwordFile ? { email, passwordFile } : null,
    secretFile: data.FAIRMILE_SECRET_FILE ?? join(dataDir, 'session.key'),
    mail: data.SMTP_URL && data.MAIL_FROM ? { url: data.SMTP_URL, from: data.MAIL_FROM } : null,
    publicUrl: data.PUBLIC_URL ?? null,
    vapidKeyFile: data.VAPID_KEY_FILE ?? join(dataDir, 'vapid.json'),
    receiptKeyFile: data.FAIRMILE_RECEIPT_KEY_FILE ?? join(dataDir, 'receipt.key'),
    dashboardDir: data.DASHBOARD_DIR,
    logLevel: data.FAIRMILE_LOG_LEVEL,
  })
}
