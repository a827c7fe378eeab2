#!/usr/bin/env node
/** ophav-collector: the command. */
import { Command } from 'commander'
import { administrationCommands } from './administration.ts'
import { fail, VERSION } from './context.ts'
import { deviceCommands } from './device.ts'
import { deviceCommand } from './device-explain.ts'
import { fleetCommands } from './fleet.ts'
import { makerCommand } from './maker.ts'
import { registerCommands } from './register.ts'
import { reportCommand } from './report.ts'
import { ruleCommand } from './rule.ts'
import { segmentCommands } from './segment.ts'
import { serveCommand } from './serve.ts'

const program = new Command('ophav-collector')
  .description('Collects what agents see, identifies and counts devices, and reports.')
  .version(VERSION)
  .showHelpAfterError('(--help shows how)')
  .addHelpText(
    'after',
    '\nExit codes: 0 done, 1 refused (the message ends with a stable code), 2 wrong usage, 70 a defect.',
  )

for (const command of [
  serveCommand(),
  ...fleetCommands(),
  ...segmentCommands(),
  ...administrationCommands(),
  ...registerCommands(),
  reportCommand(),
  ...deviceCommands(),
  deviceCommand(),
  makerCommand(),
  ruleCommand(),
])
  program.addCommand(command)

// A reader that stops reading (head, less) ends the program quietly.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1))

program.exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2))
for (const command of program.commands) command.copyInheritedSettings(program)
await program.parseAsync().catch(fail)
