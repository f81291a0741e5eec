import { failed, ok, type Problem, type Result } from '../base/error.js';
import { formatPath, isWithin, MAX_ID, parsePath, type Path } from '../model/path.js';
import type { Entry, Value } from '../model/value.js';
import { attempt } from './cbor/attempt.js';
import type { DecodeContext } from './codec.js';
import { readPlain } from './lwm2m-json-plain.js';
import { fault, readTyped, VALUE_NAMES } from './lwm2m-json-value.js';
import { readJson, type JsonItem, type JsonMember } from './senml/json.js';

type JsonObject = JsonItem & { readonly kind: 'object' };
/**
 * Reads a payload of format 11543 (Core 1.0 §6.4.4). The name of a value is `bn` + `n`; without `bn` it is relative to the
 * request path, or absolute when it starts with `/`. Times are `bt` + `t`, in seconds, as written. Unknown members are ignored.
 *
 * Problem codes: those of {@link readJson}; `bad-structure`, `bad-type`, `bad-value`, `out-of-range`, `bad-path`, `outside-base`,
 * `duplicate` (same name and time). `at` is a byte offset, `place` the path of the value.
 */
export function decodeJson(payload: Uint8Array, context: DecodeContext): Result<readonly Entry[]> {
  const plain = attempt(() => readPlain(payload, context));
  if (plain.ok) return plain;
  const root = readJson(payload);
  if (!root.ok) return root;
  const { entries, problem } = readEntries(root.value, context);
  return problem ? failed(problem) : ok(entries);
}

/** The entries up to the first problem. The n-th one is that of the n-th item of `e`. */
export function readEntries(
  root: JsonItem,
  context: DecodeContext,
): { readonly entries: readonly Entry[]; readonly problem?: Problem } {
  const entries: Entry[] = [];
  const problem = readRoot(root, context, entries);
  return problem ? { entries, problem } : { entries };
}

function readRoot(root: JsonItem, context: DecodeContext, entries: Entry[]): Problem | undefined {
  if (root.kind !== 'object')
    return {
      code: 'bad-structure',
      message: `the root is a JSON ${root.kind}`,
      at: root.at,
      hint: 'expected an object',
    };
  const base = baseOf(root);
  if (!base.ok) return base.problem;
  const list = memberOf(root, 'e')?.value;
  if (!list)
    return { code: 'bad-structure', message: 'the member e is missing', at: root.at, hint: 'expected an array' };
  if (list.kind !== 'array') return { code: 'bad-type', message: 'the member e is no array', at: list.at };
  const seen = new Set<string>();
  for (const item of list.items) {
    const entry = readEntry(item, base.value, context);
    if (!entry.ok) return entry.problem;
    const { path, time } = entry.value;
    const key = time === undefined ? formatPath(path) : `${formatPath(path)} ${time}`;
    if (seen.has(key)) return located({ code: 'duplicate', message: 'the name stands twice', at: item.at }, path);
    seen.add(key);
    entries.push(entry.value);
  }
  return undefined;
}

/** The first member of that name. */
export const memberOf = (object: JsonObject, name: string): JsonMember | undefined =>
  object.members.find(({ key }) => key.value === name);

/** Members of an object up to which comparing each with each is quicker than a set of their names. */
const FEW = 8;

function repeatedMember({ members }: JsonObject): Problem | undefined {
  const names = members.length > FEW ? new Set<string>() : undefined;
  for (let i = 0; i < members.length; i++) {
    const key = members[i]?.key;
    if (!key) break;
    if (names ? names.has(key.value) : isAmong(members, i, key.value))
      return { code: 'duplicate', message: `the member ${JSON.stringify(key.value)} stands twice`, at: key.at };
    names?.add(key.value);
  }
  return undefined;
}

/** Whether one of the first `count` members has the name. */
function isAmong(members: readonly JsonMember[], count: number, name: string): boolean {
  for (let i = 0; i < count; i++) if (members[i]?.key.value === name) return true;
  return false;
}

interface Base {
  /** Undefined: names are relative to the request path. */
  readonly name: string | undefined;
  readonly time: number | undefined;
}

function baseOf(root: JsonObject): Result<Base> {
  const repeated = repeatedMember(root);
  if (repeated) return failed(repeated);
  const name = textOf(memberOf(root, 'bn'));
  if (!name.ok) return name;
  const time = numberOf(memberOf(root, 'bt'));
  if (!time.ok) return time;
  return ok({ name: name.value === '' ? undefined : name.value, time: time.value });
}

function textOf(member: JsonMember | undefined): Result<string | undefined> {
  if (!member) return ok(undefined);
  if (member.value.kind === 'string') return ok(member.value.value);
  return fault('bad-type', `the member ${member.key.value} is no string`, member.value.at);
}

function numberOf(member: JsonMember | undefined): Result<number | undefined> {
  if (!member) return ok(undefined);
  if (member.value.kind !== 'number')
    return fault('bad-type', `the member ${member.key.value} is no number`, member.value.at);
  const number = Number(member.value.text);
  if (Number.isFinite(number)) return ok(number);
  return fault('out-of-range', `${member.value.text.slice(0, 40)} exceeds a 64-bit float`, member.value.at);
}

const located = (problem: Problem, path: Path): Problem => ({ ...problem, place: formatPath(path) });

function readEntry(item: JsonItem, base: Base, context: DecodeContext): Result<Entry> {
  if (item.kind !== 'object')
    return fault('bad-structure', `a value is a JSON ${item.kind}`, item.at, 'expected an object with v, bv, sv or ov');
  const repeated = repeatedMember(item);
  if (repeated) return failed(repeated);
  const path = pathOf(item, base, context);
  if (!path.ok) return path;
  const time = numberOf(memberOf(item, 't'));
  if (!time.ok) return failed(located(time.problem, path.value));
  const value = readValue(item, path.value, context);
  if (!value.ok) return failed(located(value.problem, path.value));
  const isTimed = time.value !== undefined || base.time !== undefined;
  const entry = { path: path.value, value: value.value };
  return ok(isTimed ? { ...entry, time: (base.time ?? 0) + (time.value ?? 0) } : entry);
}

function pathOf(item: JsonObject, base: Base, context: DecodeContext): Result<Path> {
  const request = context.path;
  const member = memberOf(item, 'n');
  const name = textOf(member);
  if (!name.ok) return name;
  const at = member?.value.at ?? item.at;
  const full = fullName(base.name, name.value ?? '', request, context.lenient);
  const path = parsePath(full);
  if (!path.ok) return fault('bad-path', `${JSON.stringify(full)}: ${path.problem.message}`, at);
  const misplaced = (code: string, message: string): Result<never> =>
    failed(located({ code, message, at }, path.value));
  if (path.value.length < 3) return misplaced('bad-path', 'a value stands at a Resource or Resource Instance');
  if (path.value.includes(MAX_ID)) return misplaced('out-of-range', 'the id 65535 is reserved');
  if (!isWithin(path.value, request)) return misplaced('outside-base', `the name lies outside ${formatPath(request)}`);
  return path;
}

function fullName(base: string | undefined, name: string, request: Path, lenient?: ReadonlySet<string>): string {
  if (base !== undefined) {
    const slash = lenient?.has('json-missing-slash') && name !== '' && !base.endsWith('/') && !name.startsWith('/');
    return slash ? `${base}/${name}` : base + name;
  }
  if (name.startsWith('/')) return name;
  const root = formatPath(request);
  return name === '' ? root : `${root === '/' ? '' : root}/${name}`;
}

function readValue(item: JsonObject, path: Path, context: DecodeContext): Result<Value> {
  const [object = 0, , resource = 0] = path;
  const definition = context.model?.resource(object, resource);
  if (definition && definition.multiple !== (path.length === 4))
    return fault(
      'bad-type',
      `the Resource ${definition.name} is ${definition.multiple ? 'multiple' : 'single'}`,
      item.at,
    );
  const members = item.members.filter(({ key }) => VALUE_NAMES.has(key.value));
  const [member] = members;
  if (!member) return fault('bad-structure', 'the value is missing', item.at, 'expected v, bv, sv or ov');
  if (members.length > 1) return fault('bad-structure', 'there is more than one value', members[1]?.key.at ?? item.at);
  return readTyped(member.key.value, member.value, definition, context);
}
