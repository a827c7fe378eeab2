/** @ophav/shared/override: own rules as a file. Apart, so that programs that read none load no YAML. */
export { MAX_PROBLEMS } from './override/plain-value.ts'
export { describeProblem, type RuleProblem } from './override/problem.ts'
export { MAX_OVERRIDE_OCTETS, parseOverride, readOverride, type ReadOverride } from './override/read.ts'
