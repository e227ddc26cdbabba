import type { Figures, PolicyChange, Templates, TrueLimit } from './words.ts'

const alerts: Readonly<Record<string, string>> = {
  harsh_braking: 'starkes Bremsen',
  harsh_acceleration: 'starkes Beschleunigen',
  harsh_cornering: 'eine scharf gefahrene Kurve',
  harsh_lane_change: 'einen abrupten Spurwechsel',
  speeding: 'zu hohe Geschwindigkeit',
  phone_use: 'die Nutzung eines Telefons',
  crash: 'einen Unfall',
  tamper: 'einen Eingriff am Gerät (bewegt oder getrennt)',
}
const rulings: Readonly<Record<string, string>> = {
  upheld: 'Ihrem Einspruch wurde stattgegeben. Das Ereignis zählt nicht; Wert und Beitrag werden neu berechnet.',
  rejected:
    'Ihr Einspruch wurde abgelehnt. Das Ereignis bleibt, wie es ist; die Begründung steht auf der Seite des Einspruchs.',
  withdrawn: 'Der Einspruch wurde zurückgenommen. Das Ereignis bleibt, wie es ist.',
}

/** What a contested event is by the limit that was put right. */
function byTrueLimit({ isSpeeding, counts }: TrueLimit, kmh: string): string {
  const outcome = counts
    ? 'Auch danach war es zu schnell, und das Ereignis zählt'
    : isSpeeding
      ? 'Auch danach war es zu schnell, aber das Ereignis zählt nicht'
      : 'Danach war es nicht zu schnell, und das Ereignis zählt nicht'
  return `Ihrem Einspruch wurde stattgegeben. Dort gelten ${kmh} km/h; das wurde berichtigt. ${outcome}; Wert und Beitrag werden neu berechnet.`
}

/** What a trip counts for; of its policy, nothing where that was not told yet. */
function countsNow(isOnOwnPolicy: boolean | undefined): string {
  if (isOnOwnPolicy === undefined) return 'Die Fahrt zählt jetzt für Ihren Wert.'
  return isOnOwnPolicy
    ? 'Die Fahrt zählt jetzt für Ihren Wert und Ihren Beitrag.'
    : 'Die Fahrt zählt jetzt für Ihren Wert, aber nicht für Ihren Beitrag: Kein Vertrag von Ihnen zahlt dafür.'
}

const policyChanges: Readonly<Record<PolicyChange['change'], string>> = {
  cancelled: 'Ihre Versicherung endet',
  voided: 'Ein Vertrag von Ihnen wurde aufgehoben',
  restored: 'Ihr Vertrag läuft unverändert weiter',
  endorsed: 'Ihr Vertrag ändert sich',
  renewed: 'Ihr Vertrag wird verlängert',
}

/** What a policy is after a change. */
function policyNow({ policyId, vehicleName, change, onDay, next }: PolicyChange, day: Figures['day']): string {
  const policy = `Vertrag ${policyId} (${vehicleName})`
  const follows = next
    ? `Ab ${day(onDay)} bis ${day(next.endsOn)} versichert Vertrag ${next.policyId} ${next.vehicleName} nach dem Tarif ${next.planId}. Er folgt auf ${policy}.`
    : null
  switch (change) {
    case 'cancelled':
      return `Ihr Versicherer hat ${policy} beendet. ${day(onDay)} ist der erste Tag ohne ihn.`
    case 'voided':
      return `Ihr Versicherer hat ${policy} aufgehoben, der am ${day(onDay)} beginnen sollte. Er versichert nichts.`
    case 'restored':
      return `Was ab ${day(onDay)} auf ${policy} folgen sollte, wurde aufgehoben: Der Vertrag läuft unverändert weiter.`
    case 'endorsed':
      return follows ?? `Auf ${policy} sollte ab ${day(onDay)} ein anderer folgen; der wurde inzwischen aufgehoben.`
    case 'renewed':
      return follows ?? `Auf ${policy} sollte ab ${day(onDay)} ein weiterer folgen; der wurde inzwischen aufgehoben.`
  }
}

/** What is written to people in German. */
export const german: Templates = {
  greeting: (name) => `Guten Tag ${name},`,
  digest: (count) => `${count} Mitteilungen von Fairmile`,
  footer: 'Sie bekommen diese Nachricht, weil Ihre Einstellungen bei Fairmile es so vorsehen.',
  unsubscribe: 'Keine E-Mails dieser Art mehr',
  unsubscribeQuestion: 'Keine E-Mails dieser Art mehr? Auf Ihren Seiten bleiben die Mitteilungen.',
  unsubscribed: 'Sie bekommen keine E-Mails dieser Art mehr. Unter „Notifications“ lassen sie sich wieder einschalten.',
  logInFooter: 'Sie bekommen diese Nachricht, weil diese Adresse einen Zugang bei Fairmile hat.',
  passwordLinks: {
    invitation: ({ path, expiresAt }, { moment }) => ({
      subject: 'Ihr Zugang bei Fairmile: wählen Sie ein Passwort',
      lines: [
        'Für Sie wurde ein Zugang bei Fairmile eingerichtet. Wählen Sie das Passwort: Niemand sonst kennt es.',
        `Der Link gilt einmal, bis ${moment(expiresAt)}. Danach bekommen Sie einen neuen über „Forgot your password?“ auf der Seite zum Anmelden.`,
      ],
      action: { label: 'Ein Passwort wählen', path },
    }),
    reset: ({ path, expiresAt }, { moment }) => ({
      subject: 'Ein neues Passwort für Fairmile',
      lines: [
        'Jemand hat für Ihren Zugang bei Fairmile ein neues Passwort angefordert. Wenn Sie das nicht waren, brauchen Sie nichts zu tun: Ihr Passwort bleibt.',
        `Der Link gilt einmal, bis ${moment(expiresAt)}. Wo Sie angemeldet sind, werden Sie abgemeldet, sobald das Passwort gesetzt ist.`,
      ],
      action: { label: 'Ein neues Passwort wählen', path },
    }),
  },
  kinds: {
    welcome: () => ({
      subject: 'Willkommen bei Fairmile',
      lines: [
        'Ihr Zugang ist eingerichtet. Sobald das Gerät in Ihrem Auto eine Fahrt aufgezeichnet hat, finden Sie sie auf Ihren Seiten, mit einem Wert und allen Gründen dafür.',
        'Zu jedem Beitrag gehört ein Beleg, den jeder nachrechnen kann.',
      ],
      action: { label: 'Zur Übersicht', path: '/' },
    }),
    high_risk: ({ risk, limit, isFirst }, { number }) => ({
      subject: isFirst ? 'Ihr erster Sicherheitswert ist niedrig' : 'Ihr Sicherheitswert ist gesunken',
      lines: [
        `Ihr ${isFirst ? 'erster ' : ''}Sicherheitswert ist ${number(100 - Math.round(risk))} von 100. Wir melden uns, wenn er ${number(100 - Math.round(limit))} oder weniger ist.`,
        'Auf der Seite zum Wert steht, was Ihr Risiko am meisten erhöht und was daran etwas ändern würde.',
      ],
      action: { label: 'Die Gründe ansehen', path: '/score' },
    }),
    premium_updated: (data, { money, day }) => {
      const { premiumMinor, payableMinor, beforeMinor, monthMinor, beforeMonthMinor, billedTo, currency } = data
      const { givenBackMinor, refundedMinor } = data
      const net = typeof payableMinor === 'number' ? ', vor Gebühren und Steuer' : ''
      const was = typeof beforeMonthMinor === 'number' && beforeMonthMinor !== monthMinor
      return {
        subject:
          givenBackMinor || refundedMinor
            ? 'Sie erhalten Geld zurück'
            : beforeMinor === null
              ? 'Ihr erster Beitrag'
              : billedTo
                ? 'Ihr Beitrag wurde abgerechnet'
                : 'Ihr Preis hat sich geändert',
        lines: [
          ...(givenBackMinor
            ? [
                `Sie erhalten ${money(givenBackMinor, currency)} zurück${net}: für abgerechnete Tage, an denen dieser Vertrag nicht mehr läuft.`,
              ]
            : []),
          ...(refundedMinor
            ? [
                `Sie erhalten ${money(refundedMinor, currency)} von dem zurück, was abgerechnet war${net}: So, wie Ihre Fahrten jetzt bewertet sind, kostet es weniger.`,
              ]
            : []),
          ...(billedTo ? [`Ihr Vertragsjahr wurde bis ${day(billedTo)} abgerechnet.`] : []),
          `Ihr Vertragsjahr hat bisher ${money(payableMinor ?? premiumMinor, currency)} gekostet${net && ', mit Gebühren und Steuer'}.`,
          ...(monthMinor === undefined || givenBackMinor
            ? []
            : [
                `Ein Monat kostet zu Ihrem jetzigen Preis ${money(monthMinor, currency)}${was ? `; bisher waren es ${money(beforeMonthMinor, currency)}` : ''}${net}.`,
              ]),
          'Der Beleg zeigt jeden Schritt der Berechnung.',
        ],
        action: { label: 'Den Beleg ansehen', path: '/price' },
      }
    },
    safety_alert: ({ kind, at, tripId }, { moment }) => ({
      subject: kind === 'crash' ? 'Ihr Auto hat einen Unfall gemeldet' : 'Meldung aus Ihrem Auto',
      lines: [
        `Das Gerät in Ihrem Auto hat ${alerts[kind] ?? kind} gemeldet, ${moment(at)}.`,
        ...(kind === 'crash' ? ['Wenn jemand verletzt ist, rufen Sie 112.'] : []),
      ],
      action: { label: 'Die Fahrt ansehen', path: `/trips/${encodeURIComponent(tripId)}` },
    }),
    contest_ruled: ({ contestId, ruling, event, effect, limit }, { money, moment, number }) => ({
      subject: 'Über Ihren Einspruch wurde entschieden',
      lines: [
        ...(event ? [`Es ging um ${alerts[event.kind] ?? event.kind}, ${moment(event.startAt)}.`] : []),
        limit ? byTrueLimit(limit, number(limit.limitKmh)) : (rulings[ruling] ?? ruling),
        ...(ruling === 'upheld' && !limit?.isSpeeding && effect && effect.premiumMinor > 0
          ? [`Ohne das Ereignis kostet Ihr Vertragsjahr bisher ${money(effect.premiumMinor, effect.currency)} weniger.`]
          : []),
      ],
      action: { label: 'Die Entscheidung ansehen', path: `/contests?contest=${encodeURIComponent(contestId)}` },
    }),
    trip_assigned: ({ tripId, startAt, distanceM, isOnOwnPolicy }, { moment, number }) => ({
      subject: 'Eine Fahrt wurde Ihnen zugeordnet',
      lines: [
        `Ihr Versicherer hat die Angabe, dass Sie ab ${moment(startAt)} gefahren sind: ${number(Math.round(distanceM / 100) / 10)} km. ${countsNow(isOnOwnPolicy)}`,
        'Wenn Sie nicht gefahren sind, sagen Sie es Ihrem Versicherer, oder fechten Sie ein Ereignis der Fahrt an mit dem Grund „Ich war es nicht“.',
      ],
      action: { label: 'Die Fahrt ansehen', path: `/trips/${encodeURIComponent(tripId)}` },
    }),
    redemption_settled: ({ title, titles, points, state, reason, backPoints = points }, { number }) => ({
      subject: state === 'fulfilled' ? 'Ihre Einlösung wurde erfüllt' : 'Ihre Einlösung wurde abgelehnt',
      lines:
        state === 'fulfilled'
          ? [`Für ${number(points)} Punkte: ${titles?.de ?? title}. Ihr Versicherer hat es erledigt.`]
          : [
              `Für ${number(points)} Punkte: ${titles?.de ?? title}. Ihr Versicherer gibt es nicht heraus.`,
              `Punkte, die wieder auf Ihrem Konto sind: ${number(backPoints)}.${backPoints < points ? ' Der Rest stand Ihnen nicht mehr zu.' : ''}`,
              ...(reason ? [`Der Grund: ${reason}`] : []),
            ],
      action: { label: 'Zu Ihren Punkten', path: '/rewards' },
    }),
    policy_changed: (data, { day }) => ({
      subject: policyChanges[data.change],
      lines: [policyNow(data, day), ...(data.reason ? [`Der Grund: ${data.reason}`] : [])],
      action: { label: 'Zu Ihrem Preis', path: '/price' },
    }),
    points_corrected: ({ points, balance, reason }, { number }) => ({
      subject: points > 0 ? 'Sie haben Punkte erhalten' : 'Von Ihrem Konto wurden Punkte abgezogen',
      lines: [
        `Ihr Versicherer hat Ihnen ${number(Math.abs(points))} Punkte ${points > 0 ? 'gutgeschrieben' : 'abgezogen'}. Danach waren es ${number(balance)}.`,
        `Der Grund: ${reason}`,
      ],
      action: { label: 'Zu Ihren Punkten', path: '/rewards' },
    }),
    device_silent: ({ deviceId, heardAt, days }, { moment, number }) => ({
      subject: 'Ein Gerät meldet sich nicht',
      lines: [
        `Das Gerät ${deviceId} hat sich zuletzt gemeldet: ${moment(heardAt)}, vor mehr als ${number(days)} Tagen.`,
        'Wenn das Auto seitdem gefahren wurde, prüfen Sie bitte, ob das Gerät Strom hat. Was es aufgezeichnet hat, sendet es, sobald es wieder Verbindung hat.',
      ],
      action: null,
    }),
  },
}
