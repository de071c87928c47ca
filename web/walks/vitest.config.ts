import { defineConfig } from 'vitest/config';

// Walks start the real program and drive a real browser, one after another.
export default defineConfig({
  test: {
    include: ['walks/*.walk.ts'],
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 10_000 } },
    retry: 0,
    bail: 0,
  },
});
