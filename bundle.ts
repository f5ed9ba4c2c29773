import { rmSync } from 'node:fs';
import { type BuildOptions, build } from 'esbuild';

/**
 * Makes one file of what is started again and again: looking up some seventy small modules takes nearly
 * half of a bus's start.
 */
const common = {
  bundle: true,
  platform: 'node',
  target: 'node20',
  packages: 'external',
  sourcemap: true,
  logLevel: 'warning',
} satisfies BuildOptions;

rmSync('dist/stdio-bus', { recursive: true, force: true });
// What it loads at need is beside it.
await build({
  ...common,
  entryPoints: ['stdio-bus.ts'],
  splitting: true,
  format: 'esm',
  outdir: 'dist',
  chunkNames: 'stdio-bus/[name]-[hash]',
});
// A CommonJS program starts some milliseconds sooner.
await build({
  ...common,
  entryPoints: ['conformance/probe/probe-worker.ts'],
  format: 'cjs',
  outfile: 'dist/conformance/probe/probe-worker.cjs',
});
