import { loadavg } from 'node:os';
import { thisMachine } from '../../machine.ts';
import type { Arm, LatencyReport, Phase } from '../../schemas/generated/latency-report.ts';
import { validateLatencyReport } from '../../schemas/generated/latency-report.validate.ts';
import { suiteFromPackage } from '../../suite.ts';
import { createProgress } from '../report/progress.ts';
import { createRandom } from '../report/random.ts';
import { createWorkshop } from '../subjects/workshop.ts';
import { linkErrorsUs } from './delay/running-link.ts';
import type { LatencyOptions } from './latency-options.ts';
import { ArmTally } from './measure/arm-result.ts';
import { type MeasuredSample, measuredSamples } from './measure/arm-run.ts';
import { runPlan } from './measure/run-plan.ts';
import { goalsOf } from './report/goals.ts';
import { peersOf } from './report/peers.ts';
import { warningsOf } from './report/warnings.ts';
import { mustBeProgram } from './subject/program-path.ts';
import { Routes } from './subject/route.ts';
import { busPhasesOf } from './trace/bus-phases.ts';
import type { ClientTrace } from './trace/client-trace.ts';
import { otlpTargetFrom } from './trace/otlp-target.ts';
import { exportTraces } from './trace/trace-export.ts';
import { startTraceReceiver, type TraceReceiver } from './trace/trace-receiver.ts';

const tracedPerTurn = 10;
const spansTimeoutMs = 5000;

/** A report, and what went wrong beside it. */
export interface LatencyRun {
  readonly report: LatencyReport;
  /** Why the spans did not all get to where `--otlp` says. */
  readonly otlpProblem: string | undefined;
}

/**
 * Measures all arms. Rejects with a WireError, StartError or WorkFailure where one of them cannot be
 * measured at all; a sample that fails later is counted.
 */
export async function runLatencyBench(options: LatencyOptions): Promise<LatencyRun> {
  const { arms, settings, seed, remote } = options;
  if (remote === undefined) mustBeProgram('the worker', options.worker);
  const target = options.otlp === undefined ? undefined : otlpTargetFrom(options.otlp);
  const startedAt = new Date();
  const [loadAtStart = 0] = loadavg();
  const folder = createWorkshop();
  const progress = createProgress(process.stderr);
  process.once('exit', () => progress.clear());
  const receiver = await startTraceReceiver((json) => target?.take(json));
  const { bus, worker, isReference } = options;
  const traceEndpoint = isReference && remote === undefined ? receiver.url : undefined;
  const routes = new Routes({ bus, worker, isReference, folder, traceEndpoint }, remote);
  const delayErrors = new Map<number, number[]>();
  const tallies = new Map(arms.map((arm) => [arm, new ArmTally(arm)]));
  const traced: MeasuredSample[] = [];
  const traces: ClientTrace[] = [];
  try {
    for (const rttMs of new Set(arms.map((arm) => arm.rttMs))) {
      progress.say(`measuring the delay link · ${rttMs} ms`);
      if (rttMs > 0) delayErrors.set(rttMs, await linkErrorsUs(rttMs));
    }
    for (const arm of arms) {
      progress.say(`first connection · ${arm.name}`);
      const place = { run: 1, index: 0, isTraced: false };
      await measuredSamples(arm, oneShotOf(options), { routes, place });
    }
    const plan = runPlan(arms, settings.runs, createRandom(seed));
    for (const [turn, { arm, run }] of plan.entries()) {
      const say = (text: string) =>
        progress.say(`[${turn + 1}/${plan.length}] run ${run} · ${arm.name} · ${text}`);
      await takeTurn(arm, run, say);
    }
    progress.say('collecting the spans of the bus');
    await untilSpansCame(receiver, traced);
    for (const { sample, trace } of traced) {
      const phases = busPhasesOf(receiver.traces.get(trace.traceId) ?? []);
      Object.assign(sample.phases as Partial<Record<Phase, number>>, phases);
    }
    if (target !== undefined) await exportTraces(traces, receiver.url);
  } finally {
    progress.clear();
    await routes.stop();
    receiver.close();
  }
  const results = arms.map((arm) => tallies.get(arm)?.result(delayErrors.get(arm.rttMs)));
  const kept = results.filter((result) => result !== undefined);
  const machine = thisMachine();
  const report: LatencyReport = {
    version: 1,
    suite: suiteFromPackage(),
    machine,
    seed,
    startedAt: startedAt.toISOString(),
    durationMs: Date.now() - startedAt.getTime(),
    settings,
    arms: kept,
    goals: goalsOf(kept),
    warnings: warningsOf(kept, machine, loadAtStart),
    peers: peersOf(options),
  };
  if (!validateLatencyReport(report)) {
    throw new Error(
      `the report breaks its schema: ${JSON.stringify(validateLatencyReport.errors)}`,
    );
  }
  return { report, otlpProblem: await target?.finish() };

  async function takeTurn(arm: Arm, run: number, say: (text: string) => void): Promise<void> {
    const tally = tallies.get(arm) as ArmTally;
    const { warmups, samples } = settings;
    const tracedSamples = traceEndpoint === undefined ? 0 : Math.min(tracedPerTurn, samples);
    for (let number = -warmups; number < samples + tracedSamples; number += 1) {
      const isTraced = number >= samples;
      const index = Math.max(0, isTraced ? number - samples : number);
      say(number < 0 ? 'warm-up' : `sample ${number + 1}/${samples + tracedSamples}`);
      try {
        const place = { run, index, isTraced };
        const made = await measuredSamples(arm, oneShotOf(options), { routes, place });
        if (number < 0) continue;
        for (const one of made) {
          // Its connection was made as any other, and is not for the spans.
          if (isTraced && one.sample.metric === 'cold-connection') continue;
          tally.samples.push(one.sample);
          if (isTraced) traced.push(one);
          if (target !== undefined) traces.push(one.trace);
        }
      } catch (error) {
        if (number >= 0) tally.failed((error as Error).message);
      }
    }
  }
}

function oneShotOf({ settings: { command, cwd } }: LatencyOptions) {
  return { argv: command, cwd };
}

/** The bus sends its spans once a second. */
async function untilSpansCame(
  { traces }: TraceReceiver,
  traced: readonly MeasuredSample[],
): Promise<void> {
  const endMs = performance.now() + spansTimeoutMs;
  const isMissing = () => traced.some(({ trace }) => !traces.has(trace.traceId));
  while (performance.now() < endMs && isMissing()) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
