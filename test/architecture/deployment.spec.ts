import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { serviceNames } from '@tollkeeper/contracts';
import { type ComposeService, readCompose, readText, root } from './compose-file';

const { services, volumes } = readCompose();
const all = Object.entries(services);
const running = all.filter(([, { restart }]) => restart !== 'no');
const ours = running.filter(([, { image }]) => image?.startsWith('tollkeeper:'));

const appOf = ({ command }: ComposeService): string | undefined =>
  /^dist\/apps\/([a-z-]+)\/main\.js$/.exec(command?.[0] ?? '')?.[1];
const namesIn = (path: string, shape: RegExp): string[] =>
  [...readText(path).matchAll(shape)].map(([, name]) => name ?? '');

/** What the processes read, from where they read it. */
const platformVariables = namesIn('libs/platform/src/config.ts', /^ {2}([A-Z_]+):/gm);
const variablesOf = (app: string): string[] =>
  app.startsWith('sandbox-')
    ? namesIn(`apps/${app}/settings.ts`, /^ {4}([A-Z_]+):/gm)
    : [...platformVariables, 'OPERATOR_KEY', 'HEALTH_TASK_QUEUE'];

const serviceKeys = [
  ...[
    'image',
    'build',
    'pull_policy',
    'init',
    'user',
    'restart',
    'stop_grace_period',
    'security_opt',
    'profiles',
  ],
  ...['command', 'entrypoint', 'environment', 'ports', 'volumes', 'depends_on', 'healthcheck'],
];
/** Without them there is no Stripe. */
const optionalSecret = /^STRIPE_/;
const secretName = /(PASSWORD|PWD|KEY|SECRET|TOKEN)$/;

describe.each(all)('container %s', (_, service) => {
  it('uses keys of the compose specification only, in their shapes', () => {
    expect(serviceKeys).toEqual(expect.arrayContaining(Object.keys(service)));
    for (const [name, value] of Object.entries(service.environment ?? {})) {
      expect(name).toMatch(/^[A-Z][A-Z0-9_]*$/);
      expect(['string', 'number']).toContain(typeof value);
    }
    expect(['no', 'unless-stopped']).toContain(service.restart);
  });

  it('runs a pinned image', () => {
    expect(service.image).toMatch(/^[a-z0-9./-]+:\d+\.\d+(\.\d+)?(-[a-z]+)?$/);
  });

  it('holds no secret: every one comes from .env, and is left out or the start is refused', () => {
    for (const [name, value] of Object.entries(service.environment ?? {})) {
      if (optionalSecret.test(name)) expect(value).toBe(`\${${name}:-}`);
      else if (secretName.test(name)) expect(value).toMatch(/^\$\{[A-Z_]+:\?[^}]+\}$/);
      const [, password] = /:\/\/[^/@:]*:(.*)@/.exec(String(value)) ?? [];
      if (password) expect(password).toMatch(/^\$\{[A-Z_]+:\?[^}]+\}$/);
    }
  });

  it('waits for containers that exist, in a way that they can satisfy', () => {
    for (const [name, { condition }] of Object.entries(service.depends_on ?? {})) {
      const awaited = services[name];
      const expected = awaited?.restart === 'no' ? 'service_completed_successfully' : 'service_healthy';
      expect([name, condition]).toEqual([name, awaited && expected]);
      expect(awaited?.profiles).toBeUndefined();
    }
  });

  it('mounts declared volumes and publishes loopback ports', () => {
    const mounted = (service.volumes ?? []).map((volume) => volume.split(':')[0]);
    expect(Object.keys(volumes)).toEqual(expect.arrayContaining(mounted));
    for (const port of service.ports ?? []) expect(port).toMatch(/^127\.0\.0\.1:\d+:\d+$/);
  });
});

it.each(running)('container %s has a health check', (_, { healthcheck }) => {
  expect(healthcheck?.test?.[0]).toMatch(/^CMD(-SHELL)?$/);
  expect(healthcheck).toEqual(expect.objectContaining({ interval: '10s', retries: 6 }));
  expect(healthcheck).toHaveProperty('timeout');
  expect(healthcheck).toHaveProperty('start_period');
});

describe('the file as a whole', () => {
  it('publishes no port twice', () => {
    const ports = all.flatMap(([, { ports: published = [] }]) => published.map((port) => port.split(':')[1]));
    expect(new Set(ports).size).toBe(ports.length);
  });

  it('runs every app once, each in a container of its own', () => {
    const apps = readdirSync(join(root, 'apps')).filter((app) => app !== 'all-in-one');
    expect(ours.map(([, service]) => appOf(service)).sort()).toEqual(apps.sort());
    for (const service of serviceNames) expect(services).toHaveProperty([`${service}-service`]);
  });

  it.each(ours)('%s gets only variables that it reads', (_, service) => {
    const app = appOf(service) ?? '';
    const given = Object.keys(service.environment ?? {});
    expect(variablesOf(app)).toEqual(expect.arrayContaining(given));
    if (app.startsWith('sandbox-')) expect(given).toEqual(expect.arrayContaining(['PORT', 'LISTEN_HOST']));
  });

  it('keeps the sandbox behind its profile', () => {
    const behind = all.filter(([, { profiles }]) => profiles).map(([name, { profiles }]) => [name, profiles]);
    expect(behind).toEqual([
      ['sandbox-gateway', ['sandbox']],
      ['sandbox-network', ['sandbox']],
    ]);
  });

  it('keeps histories for 90 days, in the namespace that the services use', () => {
    const temporal = services['temporal']?.environment;
    expect(temporal?.['DEFAULT_NAMESPACE_RETENTION']).toBe(`${90 * 24}h`);
    for (const [name, { environment }] of ours) {
      if (name.startsWith('sandbox-')) continue;
      expect(environment?.['TEMPORAL_NAMESPACE']).toBe(temporal?.['DEFAULT_NAMESPACE']);
    }
  });

  it('runs MongoDB 8.0 as a replica set whose members know each other by a key file', () => {
    const members = running.filter(([, { image }]) => image?.startsWith('mongo:'));
    expect(members.map(([name]) => name)).toEqual(['mongo-1', 'mongo-2', 'mongo-3']);
    for (const [, { image, command }] of members) {
      expect(image).toMatch(/^mongo:8\.0\./);
      expect(command).toEqual(expect.arrayContaining(['--replSet', '--keyFile']));
    }
    const script = services['mongo-init']?.command?.[0] ?? '';
    for (const database of [...serviceNames, 'sandbox-gateway', 'sandbox-network']) {
      expect(script).toContain(`'${database}'`);
    }
  });

  it('gives the private key to identity alone', () => {
    const holders = running.filter(([, { volumes: mounts = [] }]) =>
      mounts.some((mount) => mount.startsWith('keys:')),
    );
    expect(holders.map(([name]) => name)).toEqual(['identity-service']);
  });

  it('reads from .env what .env.example documents, which gives no values', () => {
    const wanted = new Set(namesIn('docker-compose.yml', /(?<!\$)\$\{([A-Z_]+):[?-]/g));
    const documented = namesIn('.env.example', /^#?([A-Z_]+)=$/gm);
    expect([...wanted].sort()).toEqual([...documented].sort());
    expect(readText('.env.example')).not.toMatch(/^[A-Z_]+=./m);
  });
});

describe('the image', () => {
  const lines = readText('Dockerfile').split('\n');
  const has = (shape: RegExp) => lines.some((line) => shape.test(line));

  it.each([
    ['is built and run on the same pinned Node', /^FROM node:20\.\d+\.\d+-bookworm-slim$/],
    ['installs what the lockfile says', /^RUN npm ci /],
    ['leaves development packages behind', /^RUN npm prune --omit=dev/],
    ['does not run as root', /^USER node$/],
    ['can tell whether it is well', /^HEALTHCHECK .*"tools\/container\/health\.mjs"/],
  ])('%s', (_, shape) => {
    expect(has(shape)).toBe(true);
  });

  it('carries what its commands name', () => {
    expect(existsSync(join(root, 'tools/container/health.mjs'))).toBe(true);
    const ignored = readText('.dockerignore').split('\n');
    expect(ignored).toEqual(expect.arrayContaining(['.env', '.git', 'node_modules', '.data']));
  });
});
