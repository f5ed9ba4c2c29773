import { createDelayLink } from './delay-link.ts';

// A program: HOST PORT RTT-MS [announce]. Prints its port, and ends with its stdin.
const [host, port, rttMs, announce] = process.argv.slice(2);
const link = await createDelayLink({
  target: { host: String(host), port: Number(port) },
  rttMs: Number(rttMs),
  announcesConnect: announce === 'announce',
});
process.stdout.write(`${link.port}\n`);
process.stdin.on('close', () => process.exit(0)).resume();
