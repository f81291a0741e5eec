import { failed, formatProblem, ok, type Problem, type Result } from '../base/error.js';
import type { Model } from '../model/definition.js';
import { checkStep, type ServerAccount } from '../roles/bootstrap-server/index.js';
import { ContentFormat } from '../wire/codec.js';
import { documentReader } from './checked-document.js';
import type { BootstrapStep } from './contract.js';
import { provisioningOf, type StatedProvisioning } from './provisioning.js';
import type { BootstrapServerSetup } from './reference-bootstrap-server.js';

const NAMES = {
  tlv: ContentFormat.tlv,
  'senml-json': ContentFormat.senmlJson,
  'senml-cbor': ContentFormat.senmlCbor,
  'lwm2m-cbor': ContentFormat.lwm2mCbor,
  'lwm2m-json': ContentFormat.json,
  text: ContentFormat.text,
  opaque: ContentFormat.opaque,
  cbor: ContentFormat.cbor,
} as const;

type Format = keyof typeof NAMES | number;
type WithFormat<T> = Omit<T, 'format'> & { readonly format?: Format };
type Of<D extends BootstrapStep['do']> = Extract<BootstrapStep, { readonly do: D }>;
type NamedStep = Of<'discover' | 'delete' | 'finish'> | WithFormat<Of<'read'>> | WithFormat<Of<'write'>>;

/** A provisioning as the file has it: formats are named or numbered. */
type ConfigProvisioning = Omit<WithFormat<StatedProvisioning>, 'steps'> & { readonly steps?: readonly NamedStep[] };

interface ConfigFile {
  readonly clients?: Readonly<Record<string, ConfigProvisioning>>;
  readonly anyone?: ConfigProvisioning;
}

const HINT = 'docs/bootstrap.md shows one; the schema is harness/sut/schema/bootstrap-config.schema.json';

const readFile = documentReader<ConfigFile>({
  code: 'bootstrap-config',
  what: 'a configuration of a bootstrap-server',
  schema: 'harness/sut/schema/bootstrap-config.schema.json',
  hint: HINT,
});

/**
 * Reads the configuration of a bootstrap-server (JSON, or YAML): what it does with which client.
 *
 * Problems name the file, and the line and field where it does not have the shape, or the client and path where a value does not
 * fit: `bootstrap-config`, `bootstrap-config-yaml`.
 *
 * @param name of the file, for messages
 */
export function parseBootstrapConfig(
  text: string,
  name: string,
  model: Model,
): Result<Pick<BootstrapServerSetup, 'clients' | 'anyone'>> {
  const file = readFile(text, name);
  if (!file.ok) return file;
  const clients = Object.entries(file.value.clients ?? {}).map(
    ([endpoint, stated]) => [endpoint, numbered(stated)] as const,
  );
  const anyone = file.value.anyone && numbered(file.value.anyone);
  for (const [endpoint, stated] of [...clients, ...(anyone ? [['anyone', anyone] as const] : [])]) {
    const problem = problemOf(stated, model);
    if (problem)
      return failed({ code: 'bootstrap-config', message: formatProblem(problem), place: `${name} ${endpoint}` });
  }
  return ok({ clients: Object.fromEntries(clients), ...(anyone && { anyone }) });
}

function numbered({ format, steps, ...stated }: ConfigProvisioning): StatedProvisioning {
  return { ...stated, ...numberOf(format), ...(steps && { steps: steps.map(numberedStep) }) };
}

function numberedStep(step: NamedStep): BootstrapStep {
  if (step.do !== 'read' && step.do !== 'write') return step;
  const { format, ...rest } = step;
  return { ...rest, ...numberOf(format) };
}

function numberOf(format: Format | undefined): { readonly format?: number } {
  if (format === undefined) return {};
  return { format: typeof format === 'number' ? format : NAMES[format] };
}

/** What the schema cannot tell: values that do not fit their definitions, paths that a command does not have, a key that is missing. */
function problemOf(stated: StatedProvisioning, model: Model): Problem | undefined {
  const unsecured = stated.accounts?.find(isUnsecured);
  if (unsecured)
    return {
      code: 'no-keys',
      message: `${unsecured.uri} needs keys`,
      hint: 'add "security": { "mode": "psk", "identity": …, "key": … }, or use a coap URI',
    };
  const provisioning = provisioningOf(stated);
  if (!provisioning.ok) return provisioning.problem;
  for (const step of provisioning.value.steps) {
    const problem = checkStep(step, model);
    if (problem) return problem;
  }
  return undefined;
}

const isUnsecured = ({ uri, security, securityValues }: ServerAccount): boolean =>
  /^coaps/i.test(uri) && (security?.mode ?? 'nosec') === 'nosec' && securityValues?.['2'] === undefined;
