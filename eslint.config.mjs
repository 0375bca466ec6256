import { createProjectGraphAsync } from '@nx/devkit';
import nx from '@nx/eslint-plugin';
import prettier from 'eslint-config-prettier';
import tseslint from 'typescript-eslint';
import { houseRules } from './tools/lint/house-rules.mjs';

const services = '{identity,catalog,customers,rating,invoicing,payments,notifications}';
const frameworks = ['@nestjs/*', 'nestjs-*', 'mongoose', 'mongodb'];
const temporalOutsideTheSandbox = [
  '@temporalio/activity',
  '@temporalio/client',
  '@temporalio/core-bridge',
  '@temporalio/nexus',
  '@temporalio/testing',
  '@temporalio/worker',
];

// The boundary rule reads the graph of the last Nx run and passes everything when there was none: a fresh clone has none.
process.env.NX_DAEMON ??= 'false';
await createProjectGraphAsync({ exitOnError: true, resetDaemonClient: true });

/** The design's dependency rule; platform and tools may use the pure libs as well. */
const boundaries = [
  { from: 'type:app', to: ['type:service', 'type:workflows', 'type:platform'] },
  { from: 'type:service', to: ['type:contracts', 'type:platform', 'type:pure', 'type:rules'] },
  {
    from: 'type:workflows',
    to: ['type:contracts', 'type:pure'],
    banned: [...frameworks, ...temporalOutsideTheSandbox],
  },
  { from: 'type:platform', to: ['type:contracts', 'type:pure'] },
  { from: 'type:contracts', to: ['type:pure'], banned: [...frameworks, ...temporalOutsideTheSandbox] },
  { from: 'type:pure', to: [], banned: [...frameworks, '@temporalio/*'] },
  // Rules that several services and the command line share: what a tariff means.
  { from: 'type:rules', to: ['type:contracts', 'type:pure'], banned: [...frameworks, '@temporalio/*'] },
  {
    from: 'type:testing',
    to: ['type:contracts', 'type:workflows', 'type:platform', 'type:pure', 'type:rules'],
  },
  { from: 'type:tool', to: ['type:contracts', 'type:platform', 'type:pure', 'type:rules'] },
  { from: 'type:edge', to: ['type:edge'] },
];

const boundaryRule = ({ inSpecs } = { inSpecs: false }) => [
  'error',
  {
    depConstraints: boundaries.map(({ from, to, banned = [] }) => ({
      sourceTag: from,
      onlyDependOnLibsWithTags: inSpecs && from !== 'type:edge' ? [...to, 'type:testing'] : to,
      bannedExternalImports: inSpecs ? [] : banned,
    })),
  },
];

export default tseslint.config(
  { ignores: ['dist', 'node_modules', '.data', '.nx', 'coverage', 'test/architecture/bad'] },
  { linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: 'off' } },

  {
    files: ['**/*.{ts,mjs,cjs}'],
    plugins: { house: houseRules },
    rules: {
      'house/file-names': 'error',
      'max-lines': ['error', { max: 250, skipBlankLines: true, skipComments: true }],
      'no-warning-comments': ['error', { terms: ['todo', 'fixme', 'xxx', 'hack'] }],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-var': 'error',
      'prefer-const': 'error',
      'no-debugger': 'error',
    },
  },

  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.recommendedTypeChecked],
    plugins: { '@nx': nx },
    languageOptions: {
      parserOptions: {
        projectService: true,
        tsconfigRootDir: import.meta.dirname,
        // Nest injects by the classes that decorated files import: those must stay values.
        emitDecoratorMetadata: true,
        experimentalDecorators: true,
      },
    },
    rules: {
      '@nx/enforce-module-boundaries': boundaryRule(),
      '@typescript-eslint/ban-ts-comment': [
        'error',
        { 'ts-expect-error': true, 'ts-ignore': true, 'ts-nocheck': true },
      ],
      '@typescript-eslint/consistent-type-imports': [
        'error',
        { fixStyle: 'inline-type-imports', disallowTypeAnnotations: false },
      ],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { arguments: false } }],
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/unbound-method': 'off',
      'house/plain-language': 'error',
      'house/named-exports': 'error',
    },
  },

  {
    files: ['libs/**/*.ts'],
    rules: { 'house/no-floating-money': 'error', 'house/no-process-queries': 'error' },
  },

  {
    files: ['libs/{money,calendar,contracts,tariff,tax,workflows}/src/**/*.ts'],
    ignores: ['**/*.spec.ts'],
    rules: { 'house/sandbox-imports': 'error' },
  },

  {
    files: ['libs/*/src/domain/**/*.ts'],
    ignores: ['**/*.spec.ts'],
    rules: { 'house/domain-imports': 'error' },
  },

  {
    files: ['libs/workflows/src/**/*.ts'],
    ignores: ['**/*.spec.ts', 'libs/workflows/src/{until,test-clock,history-length}.ts'],
    rules: { 'house/workflow-time': 'error' },
  },

  {
    files: ['libs/workflows/src/**/*.ts'],
    ignores: ['**/*.spec.ts', 'libs/workflows/src/{until,test-clock}.ts'],
    rules: { 'house/handlers-in-until': 'error' },
  },

  {
    // Tokens and lockouts live on real time, so identity is free of this one.
    files: ['libs/*/src/domain/**/*.ts', 'libs/*/src/**/*.{activities,service}.ts'],
    ignores: ['**/*.spec.ts', 'libs/identity/**'],
    rules: { 'house/business-time': 'error' },
  },

  {
    files: [`libs/${services}/src/*.ts`],
    rules: { 'house/service-file-roles': 'error' },
  },

  {
    files: [`libs/${services}/src/**/*.ts`],
    ignores: ['**/*.repository.ts', '**/*.spec.ts', 'libs/*/src/bench/**'],
    rules: { 'house/queries-in-repositories': 'error' },
  },

  {
    files: ['**/*.spec.ts'],
    rules: {
      '@nx/enforce-module-boundaries': boundaryRule({ inSpecs: true }),
      '@typescript-eslint/no-unsafe-assignment': 'off',
      'max-lines': ['error', { max: 400, skipBlankLines: true, skipComments: true }],
      'house/honest-specs': 'error',
      'house/no-waiting-specs': 'error',
    },
  },

  // Jest loads a global setup by its default export.
  { files: ['test/setup/*.ts'], rules: { 'house/named-exports': 'off' } },

  prettier,
);
