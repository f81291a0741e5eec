import type { BootstrapStep, Content, Setup, Stimulus } from './contract.js';

/** Names of the Content-Formats as a console or web page shows them. */
const FORMATS: ReadonlyMap<number, string> = new Map([
  [0, 'text'],
  [40, 'link format'],
  [42, 'opaque'],
  [60, 'CBOR'],
  [110, 'SenML JSON'],
  [112, 'SenML CBOR'],
  [320, 'SenML-ETCH JSON'],
  [322, 'SenML-ETCH CBOR'],
  [11542, 'TLV'],
  [11543, 'LwM2M JSON'],
  [11544, 'LwM2M CBOR'],
]);

/** A stimulus in words for the person who is to do it. */
export function sentenceOf(stimulus: Stimulus): string {
  const format =
    'format' in stimulus ? ` as ${FORMATS.get(stimulus.format) ?? `Content-Format ${stimulus.format}`}` : '';
  const of = 'endpoint' in stimulus ? ` of ${stimulus.endpoint}` : '';
  switch (stimulus.do) {
    case 'read':
      return `Read ${stimulus.path}${of}${format}.`;
    case 'discover':
      return `Discover ${stimulus.path}${of}${stimulus.depth === undefined ? '' : ` with depth ${stimulus.depth}`}.`;
    case 'write':
      return `Write ${shown(stimulus.value)} to ${stimulus.path}${of}${format}, ${stimulus.mode === 'replace' ? 'replacing what is there (PUT)' : 'as a partial update (POST)'}.`;
    case 'write-attributes':
      return `Write the attributes ${attributes(stimulus.attributes)} to ${stimulus.path}${of}.`;
    case 'execute':
      return `Execute ${stimulus.path}${of}${stimulus.arguments === undefined ? ' without arguments' : ` with the arguments ${stimulus.arguments}`}.`;
    case 'create':
      return `Create an instance${stimulus.instance === undefined ? ', its number left open,' : ` ${stimulus.instance}`} of ${stimulus.path}${of} with ${shown(stimulus.value)}${format}.`;
    case 'delete':
      return `Delete ${stimulus.path}${of}.`;
    case 'observe':
      return `Observe ${stimulus.path}${of}${format}${stimulus.attributes === undefined ? '' : ` with the attributes ${attributes(stimulus.attributes)}`}.`;
    case 'cancel':
      return `Cancel the observation of ${stimulus.path}${of} ${CANCEL[stimulus.how]}.`;
    case 'read-composite':
      return `Read ${stimulus.paths.join(', ')}${of} with one Read-Composite${format}.`;
    case 'write-composite':
      return `Write ${shown(stimulus.values)}${of} with one Write-Composite${format}.`;
    case 'observe-composite':
      return `Observe ${stimulus.paths.join(', ')}${of} with one Observe-Composite${format}.`;
    case 'cancel-composite':
      return `Cancel the composite observation of ${stimulus.paths.join(', ')}${of} ${CANCEL[stimulus.how]}.`;
    case 'registrations':
      return 'Which endpoints does the server show as registered? Their names, separated by blanks.';
    case 'shown':
      return `Which value of ${stimulus.path}${of} does the server show?`;
    case 'set':
      return `Set ${stimulus.path} to ${shown(stimulus.value)} at the device, not through a server.`;
    case 'update':
      return 'Have the client send a Registration Update.';
    case 'deregister':
      return 'Have the client de-register.';
    case 'restart':
      return 'Restart the device (power cycle).';
    case 'bootstrap':
      return 'Have the client start a bootstrap (Client Initiated).';
    case 'send':
      return `Have the client Send the values of ${stimulus.paths.join(', ')}${format}.`;
    case 'offline':
      return `Cut the network of the device for ${stimulus.seconds} s, then connect it again.`;
    case 'insert-card':
      return `Switch the device off, put in a smart card with the bootstrap information ${shown(stimulus.values)} (${filesText(stimulus.files)}), and switch it on.`;
    case 'value':
      return `Which value has ${stimulus.path} at the device now?`;
    case 'provision':
      return `Have the bootstrap-server provision ${stimulus.endpoint}: ${provisioningText(stimulus)}${format}.`;
    case 'sessions':
      return 'Which bootstrap sessions does the bootstrap-server show?';
  }
}

function provisioningText({ deletes, writes, steps }: Extract<Stimulus, { readonly do: 'provision' }>): string {
  if (!steps) return `delete ${deletes.join(', ') || 'nothing'}; write ${shown(writes)}`;
  return steps.map((step) => ('path' in step ? stepText(step) : step.do)).join('; ');
}

const filesText = (files: Readonly<Record<string, string>>): string =>
  Object.entries(files)
    .map(([id, content]) => `EF ${id}: ${content}`)
    .join(', ');

const stepText = (step: Exclude<BootstrapStep, { readonly do: 'finish' }>): string =>
  `${step.do} ${step.path}${step.do === 'write' ? ` ${shown(step.value)}` : ''}`;

const CANCEL = {
  active: 'actively (GET with Observe 1)',
  passive: 'passively (Reset to the next notification)',
} as const;

/** What is to be set up before the party is started, a line each. */
export function setupLines(setup: Setup): readonly string[] {
  const values = Object.entries(setup.configuration.values).map(([path, value]) => `  ${path} = ${shown(value)}`);
  const credentials = Object.entries(setup.credentials).map(([name, value]) => `  ${name}: ${value}`);
  return [
    `Case ${setup.case}, configuration ${setup.configuration.id}, LwM2M ${setup.enabler}`,
    `  endpoint name: ${setup.endpoint}`,
    ...setup.peers.map(
      ({ party, uri, shortServerId }) =>
        `  ${party}: ${uri}${shortServerId === undefined ? '' : ` (Short Server ID ${shortServerId})`}`,
    ),
    ...values,
    ...credentials,
  ];
}

function shown(value: Content | Readonly<Record<string, Content>>): string {
  if (typeof value !== 'object') return JSON.stringify(value);
  const parts = Object.entries(value).map(([path, content]) => `${path} = ${shown(content)}`);
  return parts.length === 0 ? 'nothing' : parts.join(', ');
}

const attributes = (values: Readonly<Record<string, number | string | null>>): string =>
  Object.entries(values)
    .map(([name, value]) => (value === null ? `${name} (removed)` : `${name}=${value}`))
    .join(' ');
