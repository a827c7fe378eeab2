/** One vitest run over all packages, on sources: no build is needed before tests. */
import { defineConfig } from 'vitest/config'

/** `FUZZ_RUNS=1000000 npm test -- probe` reads so many inputs with each parser, which takes as long as it takes. */
const isLong = process.env['FUZZ_RUNS'] !== undefined

export default defineConfig({
  resolve: { conditions: ['source'] },
  ssr: { resolve: { conditions: ['source'] } },
  test: {
    include: ['*/src/**/*.test.ts'],
    setupFiles: ['./vitest.setup.ts'],
    testTimeout: isLong ? 4 * 3_600_000 : 30_000,
    hookTimeout: 120_000,
    pool: 'forks',
  },
})
