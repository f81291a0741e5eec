import { dirname, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import tseslint from 'typescript-eslint';

const root = dirname(fileURLToPath(import.meta.url));

/** Bottom to top: an import points to a folder named earlier, or stays in its own (docs/architecture.md). */
const LAYERS = ['base', 'model', 'wire', 'link', 'coap', 'roles', 'record', 'sut', 'case', 'evidence', 'host'];

/** Which folders of the project a folder may import from, beside itself. */
const ALLOWED = {
  suites: ['harness/case', 'suites', 'fixtures/configurations'],
  'suites/requirements': ['harness/base', 'harness/model', 'harness/case', 'suites/requirements'],
  fixtures: [
    'fixtures',
    'suites/requirements',
    ...LAYERS.slice(0, LAYERS.indexOf('case')).map((layer) => `harness/${layer}`),
  ],
  reports: ['reports', 'harness/base'],
  'harness/host': ['harness', 'suites', 'fixtures', 'reports'],
};
for (const [i, layer] of LAYERS.entries())
  ALLOWED[`harness/${layer}`] ??= LAYERS.slice(0, i + 1).map((below) => `harness/${below}`);

const layers = {
  meta: {
    type: 'problem',
    schema: [],
    messages: { upward: '{{from}} may not import from {{to}}: layers import downward only' },
  },
  create(context) {
    const file = relative(root, context.filename).split(sep).join('/');
    const from = Object.keys(ALLOWED)
      .filter((folder) => file.startsWith(`${folder}/`))
      .sort((a, b) => b.length - a.length)[0];
    const check = (node) => {
      const source = node.source?.value;
      if (from === undefined || typeof source !== 'string' || !source.startsWith('.')) return;
      const to = relative(root, resolve(dirname(context.filename), source))
        .split(sep)
        .join('/');
      const allowed = [from, ...ALLOWED[from]];
      if (!allowed.some((folder) => to === folder || to.startsWith(`${folder}/`)))
        context.report({ node, messageId: 'upward', data: { from, to } });
    };
    return {
      ImportDeclaration: check,
      ExportNamedDeclaration: check,
      ExportAllDeclaration: check,
      ImportExpression: check,
    };
  },
};

/** What is taken from the machine only in the places that name it. */
const MACHINE_GLOBALS = ['setTimeout', 'setInterval', 'setImmediate', 'performance', 'Date', 'fetch'];
const MACHINE_MODULES = [
  'fs',
  'fs/promises',
  'dgram',
  'net',
  'http',
  'https',
  'child_process',
  'timers',
  'timers/promises',
  'dns',
  'dns/promises',
].flatMap((name) => [name, `node:${name}`]);
const machine = {
  'no-restricted-globals': [
    'error',
    ...MACHINE_GLOBALS.map((name) => ({
      name,
      message: 'time and work of the machine come through the injected clock',
    })),
  ],
  'no-restricted-imports': [
    'error',
    {
      paths: MACHINE_MODULES.map((name) => ({
        name,
        message: 'only base/, link/udp, sut/ carriers and host/ touch the machine',
      })),
    },
  ],
  'no-restricted-properties': [
    'error',
    { object: 'Math', property: 'random', message: 'use the injected Random' },
    ...['randomBytes', 'randomUUID', 'randomInt', 'randomFillSync', 'getRandomValues'].map((property) => ({
      property,
      message: 'use the injected Random',
    })),
  ],
};

export default tseslint.config(
  {
    ignores: [
      'dist/**',
      'node_modules/**',
      '.peers/**',
      '**/*.mjs',
      'eslint.config.js',
      '**/*.generated.ts',
      'docs/**',
    ],
  },
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: { parserOptions: { project: './tsconfig.check.json', tsconfigRootDir: root } },
    plugins: { project: { rules: { layers } } },
    rules: {
      'project/layers': 'error',
      ...machine,
      'max-lines': ['error', { max: 350 }],
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true, allowNullish: true },
      ],
      '@typescript-eslint/no-confusing-void-expression': [
        'error',
        { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true },
      ],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/no-dynamic-delete': 'off',
    },
  },
  {
    files: [
      'harness/base/**',
      'harness/link/udp.ts',
      'harness/link/udp*.ts',
      'harness/sut/**',
      'harness/host/**',
      'vitest.config.ts',
    ],
    rules: { 'no-restricted-globals': 'off', 'no-restricted-imports': 'off' },
  },
  {
    files: ['**/*.test.ts', '**/testing/**'],
    rules: {
      'max-lines': 'off',
      'no-restricted-imports': 'off',
      'project/layers': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
    },
  },
);
