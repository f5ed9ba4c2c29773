import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import { outputOf, root } from './testing/run-cli.ts';

// A package is installed and used, on a machine that may be busy.
t.setTimeout(300_000);

t.test('the packed tarball, installed elsewhere, has working bins and typed imports', async (t) => {
  // Outside of the checkout, whose node_modules would hide what the package lacks.
  const folder = mkdtempSync(join(tmpdir(), 'stdio-bus-kit-'));
  t.teardown(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, 'package.json'), '{"type":"module","private":true}');
  outputOf(root, ['npm', 'pack', '--ignore-scripts', '--pack-destination', folder]);
  const tarball = readdirSync(folder).find((name) => name.endsWith('.tgz')) as string;
  outputOf(folder, ['npm', 'install', '--omit=dev', '--prefer-offline', `./${tarball}`]);
  const installed = join(folder, 'node_modules/stdio-bus-kit');
  const run = (bin: string, args: string[], input = '') =>
    outputOf(folder, [join(folder, 'node_modules/.bin', bin), ...args], input);

  await t.test('bins', async (t) => {
    t.match(run('stdio-bus-kit', ['--help']), /Usage/);
    t.match(run('stdio_bus', ['--help']), /Usage/);
    t.equal(
      run('stdio-bus-kit', ['validate', '-'], '{"jsonrpc":"2.0","id":1,"method":"x"}\n'),
      'valid: 1 frame\n',
    );
    t.match(run('stdio-bus-kit', ['schema', 'show', 'frame', '--typescript']), /interface Request/);
    const vectors = join(installed, 'schemas/vectors/framing.json');
    t.equal(
      run('stdio-bus-kit', ['validate', '--schema', 'vector', vectors]),
      'valid: 1 document\n',
    );
  });

  await t.test('the conformance suite', async (t) => {
    const only = ['--transport', 'tcp', '--only', 'framing/blank-lines,byte-vectors/lines'];
    t.match(
      run('stdio-bus-kit', ['conform', 'bus', ...only]),
      /\nconformant: reference is conformant \(a part of .*passed\n$/,
    );
    t.match(run('stdio-bus-kit', ['conform', 'explain', 'FRM-2']), /framing\/blank-lines/);
  });

  await t.test('imports, with types', async (t) => {
    writeFileSync(
      join(folder, 'use.ts'),
      `import { createEnvelopeScanner, validateBusConfig, type BusConfig } from 'stdio-bus-kit';
import { Request, validateRequest, type HistoryRecord } from 'stdio-bus-kit/schemas';
import { createFrameDecoder } from 'stdio-bus-kit/reference';
import frame from 'stdio-bus-kit/schemas/frame.schema.json' with { type: 'json' };

const config: BusConfig = { pools: [{ id: 'a', command: 'x' }] };
const value: unknown = { jsonrpc: '2.0', id: 1, method: 'x' };
const method: string = validateRequest(value) ? value.method : '';
const kind = (record: HistoryRecord): string =>
  record.kind === 'process' ? record.process : record.kind;
// @ts-expect-error a pool has a command
const bad: BusConfig = { pools: [{ id: 'a' }] };
const line = Buffer.from('{"id":1,"method":"y"}');
const decoder = createFrameDecoder({ maxFrameBytes: 10 }, { onLine() {}, onOverlong() {}, onUnterminated() {} });
console.log(
  validateBusConfig(config), validateBusConfig(bad), method, typeof kind, frame.title, Request.type,
  createEnvelopeScanner().scan(line, 0, line.length), decoder.bufferedBytes,
);
`,
    );
    writeFileSync(
      join(folder, 'tsconfig.json'),
      JSON.stringify({
        compilerOptions: {
          target: 'es2023',
          module: 'nodenext',
          strict: true,
          resolveJsonModule: true,
          noEmit: false,
          types: ['node'],
          typeRoots: [join(root, 'node_modules/@types')],
          outDir: 'out',
          rootDir: '.',
        },
        files: ['use.ts'],
      }),
    );
    outputOf(folder, [join(root, 'node_modules/.bin/tsc'), '-p', folder]);
    const printed = outputOf(folder, [process.execPath, join(folder, 'out/use.js')]);
    t.match(printed, /^true false x function Frames object request 0$/m);
  });

  await t.test('nothing that is for developing only', async (t) => {
    const files = readdirSync(installed, { recursive: true, encoding: 'utf8' });
    t.strictSame(
      files.filter((name) =>
        /\.test\.|testing|fuzz|bench-scan|sample-report|(?<!load-)generat(?:e|or)\b(?!-)|mutants|fixtures|\.map$/.test(
          name,
        ),
      ),
      [],
    );
    t.notOk(existsSync(join(folder, 'node_modules/ajv')), 'no ajv at run time');
    for (const needed of [
      'LICENSE',
      'README.md',
      'action.yml',
      'conformance/README.md',
      'bench/echo-worker.c',
      'dist/bench/load-generator.js',
      'spec/protocol.md',
      'spec/requirements.yaml',
    ]) {
      t.ok(files.includes(needed), needed);
    }
  });
});
