import { execFile, execFileSync } from 'node:child_process';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import t from 'tap';
import { folderFor } from '../../testing/test-folder.ts';
import { processConfig, startAdapter } from './adapter-under-test.ts';
import { protoFile } from './package-definition.ts';

const script = fileURLToPath(new URL('../../../adapters/grpc/fixtures/client.py', import.meta.url));

/** A Python that has gRPC: Debian's, where another one stands before it on the PATH. */
const python = ['python3', '/usr/bin/python3'].find((each) => {
  try {
    execFileSync(each, ['-c', 'import grpc, grpc_tools'], { stdio: 'pipe' });
    return true;
  } catch {
    return false;
  }
});

const needsPython =
  python === undefined
    ? { skip: 'needs python3-grpcio and python3-grpc-tools (apt-get install)' }
    : {};

t.test('a Python client made from the .proto alone does all of it', needsPython, async (t) => {
  const folder = folderFor(t);
  const run = promisify(execFile);
  const stubs = ['-I', dirname(protoFile), `--python_out=${folder}`, `--grpc_python_out=${folder}`];
  await run(python as string, ['-m', 'grpc_tools.protoc', ...stubs, protoFile]);
  const { adapter } = await startAdapter(t, { bus: processConfig() });
  const env = { ...process.env, PYTHONPATH: folder };
  const { stdout } = await run(python as string, [script, adapter.address], { env });
  t.same(JSON.parse(stdout), {
    call: { reads: 0 },
    error: ['UNIMPLEMENTED', -32601],
    session: ['1', '3', 'two'],
    events: [
      [1, 'output', 'hello\n'],
      [2, 'exited', 0],
      [3, 'closed', null],
    ],
  });
});
