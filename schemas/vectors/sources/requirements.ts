import type { Topic } from './topic.ts';
import { definition } from './value-vector.ts';

const requirementId = definition('requirements#RequirementId');
const level = definition('requirements#Level');
const role = definition('requirements#Role');
const profile = definition('requirements#Profile');
const chapter = definition('requirements#Chapter');
const requirement = definition('requirements#Requirement');
const catalogue = definition('requirements#RequirementCatalogue');

const prefixes = 'FRM COR AFF RST DRN FLW CFG SEC EXT WRK PRC'.split(' ');
const framing = { prefix: 'FRM', title: 'Framing', file: 'protocol.md' };
const first = {
  id: 'FRM-1',
  level: 'MUST',
  appliesTo: ['bus', 'client'],
  title: 'One JSON object in UTF-8 per line, ended by LF',
  anchor: 'protocol.md#frm-1',
  since: '1',
  profile: 'core',
};
const all = {
  specification: 'stdio_bus',
  version: '1',
  chapters: [framing],
  requirements: [first],
};

/** Requirements with one member that does not fit: name, what it shows, the change. */
const badRequirements: readonly (readonly [string, string, object])[] = [
  ['level', 'A level is one of three', { level: 'SHALL' }],
  ['nobody', 'Someone has to keep it', { appliesTo: [] }],
  ['role-twice', 'A role is named once', { appliesTo: ['bus', 'bus'] }],
  ['role', 'A role is one of three', { appliesTo: ['server'] }],
  ['empty-title', 'A title is not empty', { title: '' }],
  ['title-121', 'A title of 121 is too long', { title: 't'.repeat(121) }],
  ['anchor-capitals', 'An anchor is in lower case', { anchor: 'protocol.md#FRM-1' }],
  ['anchor-no-file', 'An anchor names its file', { anchor: '#frm-1' }],
  ['anchor-zero', 'No requirement has the number 0', { anchor: 'protocol.md#frm-0' }],
  ['since-number', 'A version is a string', { since: 1 }],
  ['since-zero', 'Versions begin at 1', { since: '0' }],
  ['since-three-parts', 'A version has two parts at most', { since: '1.0.0' }],
  ['since-point-first', 'A version begins with a digit', { since: '.1' }],
  ['profile', 'A profile is known', { profile: 'all' }],
  ['empty-capability', 'A capability has a name', { capability: '' }],
  ['scenario-twice', 'A scenario is named once', { scenarios: ['a', 'a'] }],
  ['empty-scenario', 'A scenario has a name', { scenarios: [''] }],
  ['empty-excluded', 'A reason is not empty', { excluded: '' }],
];

export const requirements: Topic = {
  title: 'The requirement catalogue',
  vectors: [
    ...requirementId.acceptsEach(
      'FRM-1/requirement-id',
      prefixes.map((prefix) => `${prefix}-10`),
    ),
    requirementId.refuses('FRM-1/requirement-id-zero', 'Numbers begin at 1', 'FRM-0'),
    requirementId.refuses('FRM-1/requirement-id-padded', 'Numbers have no leading zero', 'FRM-01'),
    requirementId.refuses('FRM-1/requirement-id-unknown', 'Chapters are known', 'XYZ-1'),
    requirementId.refuses('FRM-1/requirement-id-lower-case', 'Chapters are in capitals', 'frm-1'),
    requirementId.refuses(
      'FRM-1/requirement-id-line-feed',
      'No line feed stands after an id',
      'FRM-1\n',
    ),
    ...level.acceptsEach('FRM-1/level', ['MUST', 'SHOULD', 'MAY']),
    level.refuses('FRM-1/level-lower-case', 'Levels are in capitals', 'must'),
    ...role.acceptsEach('FRM-1/role', ['bus', 'worker', 'client']),
    role.refuses('FRM-1/role-unknown', 'There are three roles', 'server'),
    ...profile.acceptsEach('FRM-1/profile', [
      'core',
      'lifecycle',
      'flow',
      'config',
      'security',
      'extensions',
      'worker',
      'process',
    ]),
    profile.refuses('FRM-1/profile-unknown', 'The list of profiles is closed', 'adapters'),

    ...prefixes.map((prefix) =>
      chapter.accepts(`${prefix}-1/chapter`, `${prefix} is a chapter`, { ...framing, prefix }),
    ),
    ...chapter.needs('FRM-1/chapter', framing, ['prefix', 'title', 'file']),
    chapter.refuses('FRM-1/chapter-prefix', 'Chapters are known', { ...framing, prefix: 'ABC' }),
    chapter.refuses('FRM-1/chapter-title', 'A title is not empty', { ...framing, title: '' }),
    chapter.refuses('FRM-1/chapter-folder', 'A file is in spec/', { ...framing, file: 'a/b.md' }),
    chapter.refuses('FRM-1/chapter-file', 'A file is prose', { ...framing, file: 'protocol.txt' }),
    ...chapter.isClosed('FRM-1/chapter', framing),

    requirement.accepts('FRM-1/requirement', 'A requirement needs seven members', first),
    ...requirement.isClosed('FRM-1/requirement', first),
    requirement.accepts('FRM-1/requirement-full', 'A requirement may say more', {
      ...first,
      since: '1.1',
      title: 't'.repeat(120),
      capability: 'hello',
      scenarios: ['framing/one', 'framing/two'],
      excluded: 'cannot be seen from outside',
    }),
    ...requirement.needs('FRM-1/requirement', first, Object.keys(first)),
    ...badRequirements.map(([name, description, change]) =>
      requirement.refuses(`FRM-1/requirement-bad-${name}`, description, { ...first, ...change }),
    ),

    catalogue.accepts('FRM-1/catalogue', 'A catalogue has chapters and requirements', all),
    ...catalogue.needs('FRM-1/catalogue', all, Object.keys(all)),
    catalogue.refuses('FRM-1/catalogue-other', 'A catalogue is of stdio_bus', {
      ...all,
      specification: 'acp',
    }),
    catalogue.refuses('FRM-1/catalogue-version', 'The version of a catalogue is a string', {
      ...all,
      version: 1,
    }),
    catalogue.refuses('FRM-1/catalogue-no-chapters', 'A catalogue has a chapter', {
      ...all,
      chapters: [],
    }),
    catalogue.refuses('FRM-1/catalogue-empty', 'A catalogue has a requirement', {
      ...all,
      requirements: [],
    }),
    ...catalogue.isClosed('FRM-1/catalogue', all),
  ],
};
