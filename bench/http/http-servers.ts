import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { kitCommand } from '../latency/subject/bus-program.ts';
import { type StartedProcess, startListening } from '../latency/subject/started-process.ts';
import { echoWorkerProgram } from '../subjects/echo-worker-program.ts';
import { freePort } from '../subjects/readiness.ts';

const host = '127.0.0.1';
const bareEcho = fileURLToPath(new URL('./bare-echo.js', import.meta.url));

/** Starts the node:http echo. Rejects with a StartError. */
export async function startBareEcho(): Promise<StartedProcess> {
  const port = await freePort();
  const address = `http://${host}:${port}/v1/rpc`;
  const argv = [process.execPath, bareEcho, String(port)];
  return startListening('the bare echo', argv, { address, at: { host, port } });
}

/** Starts the HTTP adapter with a bus and an echo worker behind it. Rejects with a StartError. */
export async function startAdapter(
  folder: string,
  bus: string | undefined,
): Promise<StartedProcess> {
  const port = await freePort();
  const address = `http://${host}:${port}/v1/rpc`;
  const behind = bus ?? `embedded:${echoConfig(folder)}`;
  const flags = ['--bus', behind, '--listen', `${host}:${port}`, '--log-level', 'error'];
  const argv = [...kitCommand, 'http', ...flags];
  return startListening('the HTTP adapter', argv, { address, at: { host, port } });
}

function echoConfig(folder: string): string {
  const [command, ...args] = echoWorkerProgram(folder, 'auto').argv;
  const file = join(folder, 'config.json');
  writeFileSync(file, JSON.stringify({ pools: [{ id: 'echo', command, args, instances: 1 }] }));
  return file;
}
