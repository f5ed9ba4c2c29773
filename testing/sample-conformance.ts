import type { Catalogue } from '../conformance/catalogue/catalogue.ts';
import { type FinishedRun, reportFromResults } from '../conformance/report/report-from-results.ts';
import type { ConformanceReport, ScenarioResult } from '../schemas/generated/conformance-report.ts';
import type { Requirement } from '../schemas/generated/requirements.ts';

const requirements: readonly Requirement[] = [
  requirement('COR-1', 'MUST', { scenarios: ['correlation/one', 'correlation/two'] }),
  requirement('AFF-1', 'MUST', { scenarios: ['affinity/rfc'] }),
  requirement('AFF-5', 'SHOULD', { scenarios: ['affinity/spread'] }),
  requirement('DRN-1', 'MUST', { profile: 'lifecycle', scenarios: ['drain/signal'] }),
  requirement('EXT-1', 'MUST', { profile: 'extensions', capability: 'hello' }),
  requirement('SEC-4', 'MUST', { profile: 'security', excluded: 'nobody can see it' }),
  requirement('WRK-1', 'MUST', { profile: 'worker', appliesTo: ['worker'] }),
];

function requirement(
  id: string,
  level: 'MUST' | 'SHOULD',
  members: Partial<Requirement>,
): Requirement {
  return {
    id,
    level,
    appliesTo: ['bus'],
    title: `What ${id} asks for`,
    anchor: `protocol.md#${id.toLowerCase()}`,
    since: '1',
    profile: 'core',
    ...members,
  };
}

/** A catalogue of seven requirements, in memory. */
export const sampleCatalogue: Catalogue = {
  version: '1',
  sha256: 'a'.repeat(64),
  requirements,
  find: (id) => requirements.find((each) => each.id === id),
  of: (role) => requirements.filter(({ appliesTo }) => appliesTo.includes(role)),
  prose: ({ id }) => `**MUST** · bus\n\nA bus MUST keep ${id}, see [AFF-5](#aff-5).\n\nReason: so.`,
};

/** A scenario on TCP that passed its only requirement, save what is said otherwise. */
export function sampleResult(members: Partial<ScenarioResult> = {}): ScenarioResult {
  const { requirements: [first = 'AFF-1'] = ['AFF-1'], verdict = 'pass' } = members;
  const reason = verdict === 'pass' ? {} : { reason: `${verdict} it was` };
  return {
    id: 'affinity/rfc',
    title: 'Five users on three workers',
    profile: 'core',
    transport: 'tcp',
    requirements: [first],
    verdict,
    durationMs: 12.5,
    attempts: 1,
    checks: verdict === 'harness-error' ? [] : [{ requirement: first, verdict, ...reason }],
    ...members,
  };
}

/** The report of a run with these results. */
export function sampleReport(
  results: readonly ScenarioResult[],
  members: Partial<FinishedRun> = {},
): ConformanceReport {
  return reportFromResults({
    results,
    catalogue: sampleCatalogue,
    kind: 'bus',
    subject: { name: 'their bus', command: ['./their bus', '--config', '{config}'] },
    capabilities: [],
    machine: {
      os: 'linux',
      release: '6.1.0',
      arch: 'x64',
      cpu: 'Example CPU',
      cores: 2,
      memoryBytes: 1,
      node: 'v20.20.2',
    },
    seed: '7',
    startedAt: new Date('2026-01-05T09:30:00Z'),
    durationMs: 1000,
    timeScale: 1,
    selection: {
      profiles: ['core'],
      transports: ['tcp'],
      only: [],
      skip: [],
      repeat: 1,
      complete: false,
    },
    ...members,
  });
}
