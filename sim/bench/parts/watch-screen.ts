import { localPaths } from '@fairmile/contract/local-paths.ts'
import type { PairedPhone, PhoneReport } from '@fairmile/contract/phone.ts'
import type { ScreenState } from '@fairmile/contract/screen.ts'

/** Follows the in-car screen as a browser does, until the signal aborts. */
export async function watchScreen(
  url: string,
  onState: (state: ScreenState) => void,
  signal: AbortSignal,
): Promise<void> {
  const { body } = await fetch(url + localPaths.screen, { signal })
  let text = ''
  for await (const chunk of body!.pipeThrough(new TextDecoderStream())) {
    text += chunk
    for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
      const line = text.slice(0, end)
      text = text.slice(end + 2)
      if (line.startsWith('data: ')) onState(JSON.parse(line.slice(6)) as ScreenState)
    }
  }
}

/** Pairs a phone by the code on the screen; gives what lets it report. */
export async function pairPhone(
  url: string,
  code: () => Promise<string>,
): Promise<(report: PhoneReport) => Promise<void>> {
  const post = async (path: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> => {
    const answer = await fetch(url + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    })
    if (!answer.ok) throw new Error(`Posting to ${path}: ${answer.status} ${await answer.text()}`)
    return answer
  }
  await post(localPaths.pairing, {})
  const paired = await post(localPaths.pair, { code: await code(), name: 'bench' })
  const { token } = (await paired.json()) as PairedPhone
  return async (report) => {
    await post(localPaths.phone, report, { authorization: `Bearer ${token}` })
  }
}
