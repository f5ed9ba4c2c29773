import { everyRequestIsAnswered } from '../../judges/worker/served.ts';
import { pipe, type WorkerScenario } from '../../worker-scenario.ts';
import type { WorkerScene } from '../../worker-scene/worker-scene.ts';

const answered = everyRequestIsAnswered('WRK-6');

/** Sixty texts in which some characters take two, three and four bytes. */
const anyText = 'aé日😀'.repeat(15);

/** So many requests, one after another as lines. */
async function lines(scene: WorkerScene, count: number): Promise<string> {
  const session = await scene.session();
  const calls = Array.from({ length: count }, () =>
    scene.prepareRequest({ session, ...(scene.has('quick') ? {} : { params: { text: anyText } }) }),
  );
  return calls.map(({ line }) => `${line}\n`).join('');
}

/** Writes bytes in pieces; each is taken by the system before the next one is written. */
async function writeCut(scene: WorkerScene, bytes: Buffer, cuts: readonly number[]) {
  const ends = [...cuts, bytes.length];
  for (const [index, end] of ends.entries()) {
    await scene.write(bytes.subarray(index === 0 ? 0 : ends[index - 1], end));
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** A scenario in which requests are written in some way of its own. */
function written(
  scenario: Pick<WorkerScenario, 'id' | 'title' | 'does'>,
  write: (scene: WorkerScene) => Promise<unknown>,
): WorkerScenario {
  return {
    ...scenario,
    requirements: ['WRK-6', 'WRK-2'],
    transports: pipe,
    async drive(scene) {
      await write(scene);
      await scene.allAnswered();
      await scene.stillAnswers();
    },
    judges: [answered],
  };
}

export const readingScenarios: readonly WorkerScenario[] = [
  written(
    {
      id: 'reading/byte-by-byte',
      title: 'A request that comes byte by byte is read',
      does: 'Writes two requests one byte at a time, characters of several bytes among them.',
    },
    async (scene) => {
      const bytes = Buffer.from(await lines(scene, 2));
      await writeCut(scene, bytes, [...bytes.keys()].slice(1));
    },
  ),
  written(
    {
      id: 'reading/cut-in-a-character',
      title: 'A request that is cut within a UTF-8 character is read',
      does: 'Cuts requests between the bytes of a character, and waits between the pieces.',
    },
    async (scene) => {
      const session = await scene.session();
      for (const character of ['é', '日', '😀']) {
        const line = scene.notification('conformance/note', session, { text: character });
        const call = scene.prepareRequest({ session });
        const bytes = Buffer.from(`${line}\n${call.line}\n`);
        await writeCut(scene, bytes, [bytes.indexOf(character) + 1]);
        await call.response();
      }
    },
  ),
  written(
    {
      id: 'reading/cut-before-lf',
      title: 'A request is read when its LF comes later',
      does: 'Writes a request without its LF, then the LF with the next request.',
    },
    async (scene) => {
      const bytes = Buffer.from(await lines(scene, 3));
      const cuts = [...bytes.keys()].filter((index) => bytes[index] === 10);
      await writeCut(scene, bytes, cuts);
    },
  ),
  written(
    {
      id: 'reading/cut-anywhere',
      title: 'Requests are read wherever their bytes are cut',
      does: 'Writes a hundred requests as one stream that is cut at random places.',
    },
    async (scene) => {
      const bytes = Buffer.from(await lines(scene, 100));
      const cuts = Array.from({ length: 60 }, () => scene.random.below(bytes.length));
      await writeCut(
        scene,
        bytes,
        cuts.sort((a, b) => a - b),
      );
    },
  ),
  written(
    {
      id: 'reading/coalesced',
      title: 'Many requests in one write are all read',
      does: 'Writes a hundred requests at once.',
    },
    async (scene) => scene.write(await lines(scene, 100)),
  ),
  written(
    {
      id: 'reading/one-and-a-half',
      title: 'What follows a whole request in the same read is kept',
      does: 'Writes a request and half of the next one; and the other half when the first is answered.',
    },
    async (scene) => {
      const session = await scene.session();
      const [first, second] = [
        scene.prepareRequest({ session }),
        scene.prepareRequest({ session }),
      ];
      const half = second.line.length / 2;
      await scene.write(`${first.line}\n${second.line.slice(0, half)}`);
      await first.response();
      await scene.write(`${second.line.slice(half)}\n`);
    },
  ),
  written(
    {
      id: 'reading/crlf',
      title: 'CR before LF is white space',
      does: 'Ends requests with CR and LF.',
    },
    async (scene) => scene.write((await lines(scene, 3)).replaceAll('\n', '\r\n')),
  ),
  written(
    {
      id: 'reading/white-space',
      title: 'White space around a frame and within it is accepted',
      does: 'Writes requests with spaces and tabs before, between and behind their members.',
    },
    async (scene) => {
      const text = await lines(scene, 3);
      await scene.write(text.replaceAll('\n', '\t \n').replaceAll('{"', ' \t{ "'));
    },
  ),
  written(
    {
      id: 'reading/blank-lines',
      title: 'Blank lines are ignored',
      does: 'Writes empty lines and lines of white space before, between and after requests.',
    },
    async (scene) => {
      const text = await lines(scene, 3);
      await scene.write(`\n\r\n${text.replaceAll('\n', '\n\n \t \n')}\n\n`);
    },
  ),
  written(
    {
      id: 'reading/members-in-any-order',
      title: 'The order of members does not matter, and unknown ones are ignored',
      does: 'Writes requests whose id comes last, behind members that the worker does not know.',
    },
    async (scene) => {
      const session = await scene.session();
      for (let n = 0; n < 3; n++) {
        const { line } = scene.prepareRequest({ session });
        const frame = JSON.parse(line) as Record<string, unknown>;
        const turned = Object.fromEntries(Object.entries(frame).reverse());
        await scene.write(`${JSON.stringify({ _ext: { id: 7, more: [{}] }, ...turned })}\n`);
      }
    },
  ),
  {
    id: 'reading/before-the-worker-reads',
    title: 'What is in the pipe before the worker begins to read is answered',
    requirements: ['WRK-6', 'WRK-2'],
    does: 'Starts the worker and writes at once, before it can have started to read.',
    transports: pipe,
    isLaunchedByDrive: true,
    async drive(scene) {
      scene.launch();
      await scene.becomeReady();
      await scene.stillAnswers(await scene.session());
    },
    judges: [answered],
  },
];
