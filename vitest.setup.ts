/** Property tests that name no number of runs take `FUZZ_RUNS` of them, where it is set. */
import fc from 'fast-check'

const runs = process.env['FUZZ_RUNS']
if (runs !== undefined) fc.configureGlobal({ numRuns: Number(runs) })
