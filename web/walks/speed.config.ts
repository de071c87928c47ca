import { defineConfig } from 'vitest/config';

// Not a walk: it prints figures and is run by make bench.
export default defineConfig({
  test: { include: ['walks/speed.ts'], testTimeout: 180_000, hookTimeout: 120_000, disableConsoleIntercept: true, reporters: ['dot'] },
});
