/** What a check of the machine says. */

export interface DoctorFinding {
  /** Stable: scripts ask for it. */
  check: string
  /** `fail` keeps the agent from its work or makes it dangerous; `warn` costs something; `not-checked` is neither. */
  level: 'ok' | 'warn' | 'fail' | 'not-checked'
  says: string
  advice?: string
}

export const isFit = (findings: readonly DoctorFinding[]): boolean =>
  findings.every(({ level }) => level !== 'fail')
