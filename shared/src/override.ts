/** @ophav/shared/override: own rules as a file. Apart, so that programs that read none load no YAML. */
export { describeProblem, type RuleProblem } from './override/problem.ts'
export { parseOverride, readOverride, type ReadOverride } from './override/read.ts'
export { readOverrideFile } from './override/read-file.ts'
