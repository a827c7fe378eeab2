/** The command line: every command with its options and examples. What a command does lies in its own module. */
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander'
import { EXIT, EXIT_HELP, type ExitCode } from './exit.ts'

const print = (text: string): void => void process.stdout.write(text)

/** Collects `--exclude A --exclude B` and `--exclude A B` alike. */
const list = (value: string, before: string[] = []): string[] => [...before, value]

function positive(text: string): number {
  const number = Number(text)
  if (Number.isSafeInteger(number) && number > 0) return number
  throw new InvalidArgumentError('Give a whole number above zero.')
}

function day(value: string): Date {
  const date = new Date(`${value}T00:00:00Z`)
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(date.getTime())
  // The 31st of a short month would be another day.
  if (isDay && date.toISOString().startsWith(value)) return date
  throw new InvalidArgumentError('Give a day as YYYY-MM-DD.')
}

const stateOption = () =>
  new Option(
    '--state <dir>',
    'state directory (default: $XDG_STATE_HOME/ophav-agent, /var/lib/ophav-agent for root)',
  )

const forwardsOption = () =>
  new Option(
    '--port-forwards <file>',
    'reach the devices through ports on loopback: JSON rows of {address, port, to}',
  )

const withRules = (command: Command): Command =>
  command
    .option('--rules <file>', "the organisation's own rules, YAML or JSON, over what the program knows")
    .option('--accept-changes', 'use rules that change how shipped examples are read')

/**
 * @returns the exit code.
 * @throws OphavError from the command
 */
export async function runProgram(version: string, argv: readonly string[]): Promise<ExitCode> {
  let exit: ExitCode = EXIT.done
  const program = new Command('ophav-agent')
    .description('Finds the devices on network segments, and tells a collector what it saw.')
    .version(version)
    .exitOverride()
    .configureHelp({ showGlobalOptions: false })
  const commands = [
    scanCommand((code) => (exit = code)),
    listenCommand((code) => (exit = code)),
    runCommand(version, (code) => (exit = code)),
    enrolCommand(version, (code) => (exit = code)),
    statusCommand((code) => (exit = code)),
    doctorCommand((code) => (exit = code)),
    auditCommand((code) => (exit = code)),
    haltCommand((code) => (exit = code)),
    identifyCommand(),
    explainCommand(),
  ]
  for (const command of commands) {
    command.exitOverride()
    command.addHelpText('after', EXIT_HELP)
    program.addCommand(command)
  }
  program.addHelpText('after', EXIT_HELP)
  try {
    await program.parseAsync([...argv])
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage
    throw error
  }
  return exit
}

type SetExit = (code: ExitCode) => void

const scanCommand = (setExit: SetExit): Command =>
  withRules(new Command('scan'))
    .description('Look at a network once and print what is there. Only the ranges given get packets.')
    .argument('[range...]', '10.0.0.0/24, 10.0.0.7 or 10.0.0.10-10.0.0.20')
    .option('--json', 'one JSON document, with the evidence')
    .addOption(new Option('--csv', 'CSV for a spreadsheet').conflicts('json'))
    .option('--community <name>', 'SNMP community that is no secret; repeat for more', list)
    .option('--credentials <file>', 'SNMP credentials: a JSON list, v1, v2c and v3')
    .option('--exclude <range>', 'never send a packet there; repeat for more', list)
    .option('--probe <name>', 'use only this probe; repeat for more', list)
    .option('--interface <name>', 'use only this interface')
    .option('--full-speed', 'without the polite pace: for benchmarks, and for those who know the network')
    .option('--yes-large', 'allow more addresses than a /16 holds')
    .option('--dry-run', 'print what would be sent, and send nothing')
    .option('--segment <key>', 'with --dry-run: a segment of the policy in force instead of ranges')
    .option('--even-if-forwarding', 'scan although this machine could connect networks')
    .addOption(stateOption())
    .addOption(forwardsOption())
    .addHelpText(
      'after',
      `
Communities that are secret: in a file (--credentials), or in the variable OPHAV_COMMUNITY with commas between.
A credentials file holds for example
  [{"version": "2c", "community": "..."},
   {"version": "3", "user": "...", "authProtocol": "sha256", "authKey": "...", "privProtocol": "aes", "privKey": "..."}]

Examples:
  ophav-agent scan 192.168.1.0/24
  ophav-agent scan 192.168.1.0/24 --dry-run
  ophav-agent scan 10.41.0.0/22 --exclude 10.41.0.1 --credentials snmp.json --csv > kamera.csv
  OPHAV_COMMUNITY=... ophav-agent scan 10.0.0.0/24 --json | jq '.devices[].identity.maker'`,
    )
    .action(async (ranges: string[], options) => {
      setExit(await (await import('./scan.ts')).scan(ranges, options))
    })

const listenCommand = (setExit: SetExit): Command =>
  withRules(new Command('listen'))
    .description('Only listen, and print who is heard. No packet is sent to anybody.')
    .option('--interface <name>', 'listen on this interface (default: all that have an address)')
    .option(
      '--seconds <n>',
      'how long (default: 90; LLDP comes every 30 s, CDP and MNDP every 60 s)',
      positive,
    )
    .option(
      '--range <range>',
      'addresses that are at home here, beside those of the interface; repeat for more',
      list,
    )
    .option('--json', 'one JSON document, with the evidence')
    .addOption(new Option('--csv', 'CSV for a spreadsheet').conflicts('json'))
    .option('--promiscuous', 'take in frames for others as well: for a mirror port')
    .option(
      '--join',
      'without raw frames: join groups, for which the system sends membership reports (IGMP); else only heard if joined already',
    )
    .addHelpText(
      'after',
      `
An asterisk marks an address of another network: a device that was configured elsewhere, or never.

Examples:
  ophav-agent listen
  ophav-agent listen --interface eth1 --seconds 600
  ophav-agent listen --json | jq '.devices[] | select(.evidence[].kind == "address.offSubnet") | .mac'`,
    )
    .action(async (options) => setExit(await (await import('./listen.ts')).listen(options)))

const runCommand = (version: string, setExit: SetExit): Command =>
  new Command('run')
    .description('Run as a service: scan what the approved policy names, deliver what was seen.')
    .addOption(stateOption())
    .option('--once', 'end when every segment was scanned once and everything was delivered')
    .option('--interface <name>', 'use only this interface')
    .addOption(forwardsOption())
    .option('--spool-limit <mib>', 'how much may wait on disk for the collector (default: 256 MiB)', positive)
    .addOption(
      new Option('--log-level <level>', 'how much to log, as JSON lines on standard error')
        .choices(['trace', 'debug', 'info', 'warn', 'error', 'silent'])
        .default('info'),
    )
    .addHelpText(
      'after',
      `
SIGTERM ends it in order: a running scan is stopped, what was seen stays in the spool.

Examples:
  ophav-agent run
  ophav-agent run --once --log-level warn --state /var/lib/ophav-agent`,
    )
    .action(async (options) => setExit(await (await import('./run.ts')).runService({ ...options, version })))

const enrolCommand = (version: string, setExit: SetExit): Command =>
  new Command('enrol')
    .description('Make this machine known to a collector, with a token from `ophav-collector enrol`.')
    .requiredOption('--collector <url>', 'address of the collector, for example https://collector.example')
    .option('--token-file <file>', 'file that holds the token; - for standard input')
    .addOption(new Option('--token <token>').hideHelp())
    .option('--name <name>', "the agent's name in the collector's list (default: the host name)")
    .option(
      '--collector-fingerprint <fingerprint>',
      "refuse a collector whose key is another than this one's",
    )
    .option('--replace', 'enrol again where this machine is enrolled already')
    .addOption(stateOption())
    .addHelpText(
      'after',
      `
The token is read from --token-file, else from the variable OPHAV_TOKEN, else from standard input. It is never given
as an argument, where every user of the machine could read it.

Examples:
  ophav-agent enrol --collector https://collector.example
  ophav-agent enrol --collector https://collector.example --token-file token.txt --name raadhus-kamera`,
    )
    .action(async (options) =>
      setExit(await (await import('./enrol.ts')).enrol({ ...options, version }, print)),
    )

const statusCommand = (setExit: SetExit): Command =>
  new Command('status')
    .description('Show enrolment, policy, what waits in the spool, and the last contact with the collector.')
    .option('--json', 'as JSON')
    .addOption(stateOption())
    .addHelpText('after', '\nExamples:\n  ophav-agent status\n  ophav-agent status --json | jq .spool')
    .action(async (options) => setExit(await (await import('./status.ts')).status(options, print)))

const doctorCommand = (setExit: SetExit): Command =>
  new Command('doctor')
    .description(
      'Say whether this machine is fit to scan: rungs, links, clock, disk, collector, and that it connects no networks.',
    )
    .option('--json', 'as JSON')
    .addOption(stateOption())
    .addHelpText('after', '\nExamples:\n  ophav-agent doctor\n  ophav-agent doctor --json | jq .fit')
    .action(async (options) => setExit(await (await import('./doctor.ts')).doctor(options, print)))

const auditCommand = (setExit: SetExit): Command =>
  new Command('audit')
    .description(
      'Show what this agent has sent: segment, probe, packets, addresses, time and policy of each batch.',
    )
    .option('--segment <key>', 'only this segment')
    .option('--last <count>', 'so many batches (default: 1000)', positive)
    .option('--json', 'as JSON lines')
    .addOption(stateOption())
    .addHelpText(
      'after',
      '\nExamples:\n  ophav-agent audit --segment kamera\n  ophav-agent audit --json | jq -s "map(.packets) | add"',
    )
    .action(async (options) => setExit((await import('./audit.ts')).audit(options, print)))

const haltCommand = (setExit: SetExit): Command =>
  new Command('halt')
    .description('The kill switch: stop scanning on this machine within a second, and until it is released.')
    .option('--release', 'let scans go on')
    .addOption(stateOption())
    .addHelpText('after', '\nExamples:\n  ophav-agent halt\n  ophav-agent halt --release')
    .action(async (options) => setExit((await import('./halt.ts')).halt(options, print)))

const identifyCommand = (): Command =>
  withRules(new Command('identify'))
    .description('Read evidence as JSON lines on standard input, write identities as JSON lines.')
    .option('--as-of <day>', 'ownership as of this day: YYYY-MM-DD', day)
    .addHelpText(
      'after',
      `
Example:
  echo '{"id": "1", "evidence": [{"kind": "mac", "value": "44:19:b6:00:00:01"}]}' | ophav-agent identify
  ophav-agent identify --rules rules.yaml < evidence.jsonl`,
    )
    .action(async (options) => {
      const { knowledgeFor } = await import('./rules.ts')
      await (await import('./identify.ts')).runIdentify({ ...options, knowledge: knowledgeFor(options) })
    })

const explainCommand = (): Command =>
  withRules(new Command('explain'))
    .description('Say what a MAC, a sysDescr, an OID or another text tells about a maker, and why.')
    .argument('<text...>', 'what a device said')
    .option('--as-of <day>', 'ownership as of this day: YYYY-MM-DD', day)
    .option('--json', 'as JSON')
    .addHelpText(
      'after',
      `
Examples:
  ophav-agent explain 44:19:b6:00:00:01
  ophav-agent explain 1.3.6.1.4.1.39165.1.1.0
  ophav-agent explain --as-of 2020-06-01 Lorex
  ophav-agent explain --rules rules.yaml 00:50:b6:00:00:01`,
    )
    .action(async (words: string[], options) => {
      const { knowledgeFor } = await import('./rules.ts')
      const { explainText } = await import('./explain.ts')
      print(explainText(words.join(' '), { ...options, knowledge: knowledgeFor(options) }))
    })
