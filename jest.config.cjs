const { pathsToModuleNameMapper } = require('./jest.paths.cjs');

const project = (displayName, testMatch, more = {}) => ({
  displayName,
  testMatch: testMatch.map((glob) => `<rootDir>/${glob}`),
  testEnvironment: 'node',
  transform: {
    '^.+\\.[mc]?[tj]s$': [
      '@swc/jest',
      {
        swcrc: false,
        jsc: {
          target: 'es2022',
          keepClassNames: true,
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true },
        },
        module: { type: 'commonjs' },
      },
    ],
  },
  moduleNameMapper: {
    ...pathsToModuleNameMapper(),
    '^\\./runtime_adapters$': '<rootDir>/test/setup/mongo-runtime.cjs',
  },
  setupFiles: ['<rootDir>/test/setup/property-seed.cjs'],
  modulePathIgnorePatterns: ['<rootDir>/dist', '<rootDir>/.data', '<rootDir>/.nx'],
  ...more,
});

/** One jest run: unit specs need nothing, workflow specs the time-skipping server, the rest one running stack. */
module.exports = {
  // Diaries and kills wait more than they work: as many as there are cores leave half of them idle.
  // Diaries and kills wait more than they work: as many files as there are cores leave half of them idle.
  maxWorkers: 4,
  testTimeout: 120_000,
  testSequencer: '<rootDir>/test/setup/slowest-first.cjs',
  reporters: ['default', '<rootDir>/test/setup/slowest-reporter.cjs'],
  projects: [
    project(
      'unit',
      [
        'libs/**/*.spec.ts',
        'tools/**/*.spec.ts',
        'apps/**/*.spec.ts',
        'test/architecture/*.spec.ts',
        'test/contracts/*.spec.ts',
      ],
      {
        testPathIgnorePatterns: ['<rootDir>/libs/workflows/'],
      },
    ),
    project('workflows', ['libs/workflows/**/*.spec.ts'], {
      globalSetup: '<rootDir>/test/setup/workflows.ts',
    }),
    project('scenarios', ['test/scenarios/**/*.spec.ts', 'test/security/**/*.spec.ts'], {
      globalSetup: '<rootDir>/test/setup/stack.ts',
      globalTeardown: '<rootDir>/test/setup/stack-teardown.ts',
    }),
    project('faults', ['test/faults/**/*.spec.ts', 'test/processes/**/*.spec.ts'], {
      globalSetup: '<rootDir>/test/setup/build-apps.ts',
    }),
  ],
};
