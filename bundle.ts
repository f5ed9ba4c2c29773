import { rmSync } from 'node:fs';
import { build } from 'esbuild';

/**
 * Makes dist/stdio-bus.js one file, with what it loads at need beside it: looking up some seventy small
 * modules takes nearly half of a bus's start.
 */
rmSync('dist/stdio-bus', { recursive: true, force: true });
await build({
  entryPoints: ['stdio-bus.ts'],
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  packages: 'external',
  sourcemap: true,
  outdir: 'dist',
  chunkNames: 'stdio-bus/[name]-[hash]',
  logLevel: 'warning',
});
