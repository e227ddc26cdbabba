import { localPaths } from '@fairmile/contract/local-paths.ts'
import type { ScreenState } from '@fairmile/contract/screen.ts'
import { Command } from 'commander'
import { readConfig } from '../config.ts'
import { askAgent } from '../local/ask-agent.ts'
import { openPhoneStore } from '../local/phone-store.ts'

/** `fairmile-agent phones list|pair|remove`: the phones that may tell whether they are in use. */
export const phonesCommand = (): Command =>
  new Command('phones')
    .description('list, pair and remove the phones that tell whether they are in use')
    .addHelpText(
      'before',
      `Examples:
  $ fairmile-agent phones list
  $ fairmile-agent phones pair
  $ fairmile-agent phones remove PHN-1A2B3C4D
`,
    )
    .addCommand(
      new Command('list')
        .description('list the paired phones')
        .option('--json', 'print one JSON object')
        .action(({ json }: { json?: true }) => {
          const phones = storeOf()
            .list()
            .map(({ id, name, pairedAt }) => ({ id, name, pairedAt: new Date(pairedAt).toISOString() }))
          const lines = phones.map(({ id, name, pairedAt }) => `${id}  ${pairedAt}  ${name}\n`)
          process.stdout.write(json ? `${JSON.stringify({ phones })}\n` : lines.join('') || 'No phone is paired.\n')
        }),
    )
    .addCommand(
      new Command('pair')
        .description('show a code for a phone, as the in-car screen does')
        .option('--json', 'print one JSON object')
        .action(async ({ json }: { json?: true }) => {
          const pairing = await pair()
          process.stdout.write(
            json
              ? `${JSON.stringify(pairing)}\n`
              : `${pairing.code}\nType it on the phone. It can be used once, for ${pairing.leftS} s.\n`,
          )
        }),
    )
    .addCommand(
      new Command('remove')
        .description('remove a phone: what it says is refused from now on')
        .argument('<id>', 'as phones list shows it')
        .action((id: string) => {
          if (!storeOf().remove(id)) throw new Error(`Removing the phone "${id}": there is none. See phones list.`)
          process.stdout.write(`${id} is removed.\n`)
        }),
    )

const storeOf = () =>
  openPhoneStore({
    folder: readConfig(process.env).dataFolder,
    warn: ({ path, reason }, text) => process.stderr.write(`"${path}": ${text}. ${reason}\n`),
  })

/** The agent that runs shows the code, so that the one that takes it knows it. */
async function pair(): Promise<NonNullable<ScreenState['pairing']>> {
  const { screen } = readConfig(process.env)
  const asked = await askAgent(screen, localPaths.pairing, { method: 'POST' })
  if (asked === null)
    throw new Error('Pairing a phone: no agent answers. Start it, with the same FAIRMILE_SCREEN (and not "off").')
  if (!asked.ok) throw new Error(`Pairing a phone: ${((await asked.json()) as { detail: string }).detail}`)
  const told = await askAgent(screen, localPaths.screen)
  for await (const text of told!.body!.pipeThrough(new TextDecoderStream())) {
    const state = /^data: (.*)$/m.exec(text)?.[1]
    const pairing = state && (JSON.parse(state) as ScreenState).pairing
    if (pairing) return pairing
  }
  throw new Error('Pairing a phone: the agent ended before it had shown a code.')
}
