/** Whether rules of the packet filter translate addresses: asked of the system's own programs, which need root. */
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const TIMEOUT_MS = 3_000

/** nft(8): the statements `masquerade` and `snat`. iptables-save(8): the targets of the same names. */
const QUESTIONS: readonly (readonly [program: string, parameters: readonly string[], rule: RegExp])[] = [
  ['nft', ['list', 'ruleset'], /\b(masquerade|snat)\b/],
  ['iptables-save', ['-t', 'nat'], /-j (MASQUERADE|SNAT|NETMAP)\b/],
]

/** @returns the rules; null where no program answered */
export async function readNat(): Promise<string[] | null> {
  const answers = await Promise.all(QUESTIONS.map(([program, parameters]) => output(program, parameters)))
  if (answers.every((answer) => answer === null)) return null
  return answers.flatMap((answer, index) => natRules(answer ?? '', QUESTIONS[index]?.[2] ?? /$^/))
}

/** The lines that hold such a rule, a few of them. */
export const natRules = (text: string, rule: RegExp): string[] =>
  text
    .split('\n')
    .filter((line) => rule.test(line))
    .slice(0, 8)
    .map((line) => line.trim().slice(0, 120))

async function output(program: string, parameters: readonly string[]): Promise<string | null> {
  try {
    const { stdout } = await promisify(execFile)(program, [...parameters], { timeout: TIMEOUT_MS })
    return stdout
  } catch {
    return null
  }
}
