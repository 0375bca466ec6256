import type { Version } from './version';

export type EngineName = 'temporal' | 'mongod' | 'temporalTestServer';

export interface EngineSpec {
  readonly name: EngineName;
  readonly title: string;
  /** Name of the binary on PATH. */
  readonly command: string;
  /** Environment variable that names a binary. */
  readonly binaryVariable: string;
  /** How the binary tells its version; the test server cannot. */
  readonly versionArguments?: readonly string[];
  readonly minimum: Version;
  readonly vendor: {
    /** Asked for first, with a short limit, so that a closed network costs no more than that. */
    readonly probe: string;
    readonly mirrorVariable?: string;
  };
  readonly wayOut: string;
}

/** mongod of this line is fetched from the vendor where the network allows it; nothing needs more than 6.0. */
export const VENDOR_MONGODB_VERSION = '8.0.12';

export const ENGINE_SPECS: Readonly<Record<EngineName, EngineSpec>> = {
  temporal: {
    name: 'temporal',
    title: 'Temporal dev server',
    command: 'temporal',
    binaryVariable: 'TEMPORAL_BINARY',
    versionArguments: ['--version'],
    minimum: [1, 3, 0],
    vendor: { probe: 'https://temporal.download/' },
    wayOut:
      'install the Temporal CLI (1.3 or newer) on PATH, or set TEMPORAL_BINARY to it, or TEMPORAL_ADDRESS to a running server',
  },
  mongod: {
    name: 'mongod',
    title: 'MongoDB',
    command: 'mongod',
    binaryVariable: 'MONGOD_BINARY',
    versionArguments: ['--version'],
    minimum: [6, 0, 0],
    vendor: { probe: 'https://fastdl.mongodb.org/', mirrorVariable: 'MONGOMS_DOWNLOAD_MIRROR' },
    wayOut:
      'install MongoDB (6.0 or newer) so that mongod is on PATH, or set MONGOD_BINARY to it, or MONGODB_URI to a running replica set',
  },
  temporalTestServer: {
    name: 'temporalTestServer',
    title: 'time-skipping test server',
    command: 'temporal-test-server',
    binaryVariable: 'TEMPORAL_TEST_SERVER_BINARY',
    minimum: [0, 0, 0],
    vendor: { probe: 'https://temporal.download/' },
    wayOut: 'set TEMPORAL_TEST_SERVER_BINARY to a temporal-test-server binary',
  },
};
