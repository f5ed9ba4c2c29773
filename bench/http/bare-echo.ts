import { createServer } from 'node:http';

/** The limit: a node:http server that gives back what it is sent, and does nothing else. */
const port = Number(process.argv[2]);

createServer({ noDelay: true }, (request, response) => {
  const parts: Buffer[] = [];
  request.on('data', (part: Buffer) => parts.push(part));
  request.on('end', () => {
    const body = Buffer.concat(parts);
    response.writeHead(200, {
      'content-type': 'application/json',
      'content-length': body.length,
    });
    response.end(body);
  });
}).listen(port, '127.0.0.1');

process.once('SIGTERM', () => process.exit(0));
