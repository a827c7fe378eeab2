/** How the program ends: one number for each kind of ending, so that scripts and service managers can tell them apart. */

export const EXIT = {
  done: 0,
  failed: 1,
  usage: 2,
  incomplete: 3,
  refused: 4,
  inUse: 5,
  unreachable: 6,
  unfit: 7,
} as const

export type ExitCode = (typeof EXIT)[keyof typeof EXIT]

/** Stands at the end of every `--help`. */
export const EXIT_HELP = `
Exit codes:
  0  done
  1  failed; the code of the error stands in brackets
  2  the command line is wrong
  3  stopped before it was complete; what was found is shown, or kept in the spool
  4  not enrolled, not approved, or refused by the collector
  5  another agent works with the state directory
  6  the collector cannot be reached
  7  this machine is not fit to scan, or may not; \`doctor\` says why`
