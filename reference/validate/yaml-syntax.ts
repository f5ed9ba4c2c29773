import type { ErrorCode, YAMLParseError } from 'yaml';

/** What the parser refuses, in our words: its own speak of its functions and options. */
const problems: Readonly<Record<ErrorCode, string>> = {
  ALIAS_PROPS: 'an alias has neither anchor nor tag of its own',
  BAD_ALIAS: 'an alias is a name without a colon at its end',
  BAD_COLLECTION_TYPE: 'the tag is one of another kind of collection',
  BAD_DIRECTIVE: 'this directive is not understood',
  BAD_DQ_ESCAPE: 'this escape is unknown in double quotes',
  BAD_INDENT: 'the indentation fits no line above',
  BAD_PROP_ORDER: 'an anchor or tag stands before what it is for',
  BAD_SCALAR_START: 'plain text cannot start with this character; quote it',
  BLOCK_AS_IMPLICIT_KEY: 'a nested mapping begins on a line of its own',
  BLOCK_IN_FLOW: 'between brackets, there are no blocks',
  DUPLICATE_KEY: 'this key stands twice in its mapping',
  IMPOSSIBLE: 'this cannot be read',
  KEY_OVER_1024_CHARS: 'a key of more than 1024 characters has a "?" before it',
  MISSING_CHAR: 'something is missing here: a quote, a comma, a colon, a space or a bracket',
  MULTILINE_IMPLICIT_KEY: 'a key stands on one line',
  MULTIPLE_ANCHORS: 'a value has one anchor at most',
  MULTIPLE_DOCS: 'nothing may follow the document: one document a file',
  MULTIPLE_TAGS: 'a value has one tag at most',
  NON_STRING_KEY: 'a key is text',
  RESOURCE_EXHAUSTION: 'nested too deeply',
  TAB_AS_INDENT: 'tabs do not indent; use spaces',
  TAG_RESOLVE_FAILED: 'this value is not of the type of its tag',
  UNEXPECTED_TOKEN: 'this was not expected here',
};

/** Why a text is no YAML. */
export function yamlSyntaxProblem({ code, message }: YAMLParseError): string {
  // The parser calls itself for what is inside of something, and reports so when it runs out.
  if (/call stack/i.test(message)) return 'nested too deeply';
  return problems[code] ?? 'this cannot be read';
}
