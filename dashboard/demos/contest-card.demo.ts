import { html } from 'lit'
import '../src/components/contest-card.ts'
import type { Demo } from './demo.ts'
import { sampleContest, sampleRejected, sampleSettledDetail } from './samples/contests.ts'

const card = (contest: object) => () =>
  html`<fm-contest-card .contest=${contest} .withdraw=${() => Promise.reject(new Error('this is a demo'))}></fm-contest-card>`

export const demo: Demo = {
  open: card(sampleContest),
  'upheld, with its versions': card(sampleSettledDetail),
  rejected: card(sampleRejected),
  'awaiting a second admin': card({
    ...sampleContest,
    state: 'awaiting_second',
    rulings: [
      {
        ...sampleRejected.rulings[0],
        userId: 'USR-7',
        settles: false,
        limit: { limitKmh: 70, radiusM: 150, from: null, until: null },
      },
    ],
  }),
}
