import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import t, { type Test } from 'tap';
import { pidsWithEnvironment } from '../faults/process-table.ts';

t.jobs = 3;

/** Runs an example as a user would; its output. Fails the test where it does not end with 0. */
async function run(t: Test, example: string): Promise<string> {
  const script = fileURLToPath(new URL(`./${example}.js`, import.meta.url));
  const mark = randomUUID();
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [script], {
    env: { ...process.env, EXAMPLE_RUN: mark },
    timeout: 20_000,
  });
  t.equal(stderr, '');
  t.same(pidsWithEnvironment(mark), [], 'no worker is left');
  return stdout;
}

t.test('multi-tenant: five users on three workers, each with its own', async (t) => {
  const printed = await run(t, 'multi-tenant');
  const workers = [...printed.matchAll(/^(\w+) → worker (\d)$/gm)];
  t.same(
    workers.map(([, user]) => user),
    ['ada', 'bob', 'cleo', 'dan', 'eve'],
  );
  t.equal(new Set(workers.map(([, , worker]) => worker)).size, 3);
  t.match(printed, "15 later requests: each reached its user's worker");
});

t.test('ide-backend: two agents with the same id get their own answers', async (t) => {
  const printed = await run(t, 'ide-backend');
  t.match(printed, 'window 1 asks (id 0): may I run "git push feature"?');
  t.match(printed, 'window 2 asks (id 0): may I run "git push main"?');
  t.match(printed, 'window 1: git push feature was run\nwindow 2: git push main was declined\n');
});

t.test('ci-jobs: a drain in the middle loses no job', async (t) => {
  const printed = await run(t, 'ci-jobs');
  t.match(printed, '200 jobs were given to 4 workers\n');
  t.match(printed, /worker 0: 50 jobs/);
  t.match(printed, '200 jobs were built, none was lost\n');
});

t.test('worker-kit: a worker of a few lines answers, tells and asks', async (t) => {
  const printed = await run(t, 'worker-kit');
  t.match(
    printed,
    'ada is told: notes/changed\nada is asked: throw 2 notes away?\nada has 0 notes left\n',
  );
  t.match(printed, 'bob is asked: throw 2 notes away?\nbob has 2 notes left\n');
});

t.test('git-session: commands run on a worker, and no read is needed', async (t) => {
  const printed = await run(t, 'git-session');
  t.match(printed, 'git init ended with 0, after 0 reads\n');
  t.match(printed, '1 stdout: Ada: First\ngit log ended with 0, after 0 reads\n');
  t.match(printed, "1 stderr: fatal: ambiguous argument 'nowhere'");
  t.match(printed, 'git show ended with 128, after 0 reads\n');
});
