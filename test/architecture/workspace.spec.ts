import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { serviceNames } from '@tollkeeper/contracts';
import { root } from './compose-file';

interface Project {
  readonly name: string;
  readonly tags: string[];
}

const foldersOf = (parent: string): string[] =>
  readdirSync(join(root, parent)).map((name) => `${parent}/${name}`);
const libs = foldersOf('libs');
const folders = [...libs, ...foldersOf('apps'), 'tools'];
const projectAt = (folder: string): Project =>
  JSON.parse(readFileSync(join(root, folder, 'project.json'), 'utf8')) as Project;

const typesBelow: Record<string, string[]> = {
  apps: ['type:app', 'type:edge'],
  libs: [
    'type:service',
    'type:workflows',
    'type:platform',
    'type:contracts',
    'type:pure',
    'type:rules',
    'type:testing',
    'type:edge',
  ],
  tools: ['type:tool'],
};

it.each(folders)('%s is a project with exactly one type, one that may lie there', (folder) => {
  const types = projectAt(folder).tags.filter((tag) => tag.startsWith('type:'));
  expect(types).toHaveLength(1);
  expect(typesBelow[folder.split('/')[0] ?? '']).toContain(types[0]);
});

it.each(libs)('%s says in a README what it is', (folder) => {
  expect(existsSync(join(root, folder, 'README.md'))).toBe(true);
});

it('gives every project a name of its own', () => {
  const names = folders.map((folder) => projectAt(folder).name);
  expect(new Set(names).size).toBe(names.length);
});

it.each(serviceNames)('%s has one name: lib, app and deployable', (service) => {
  expect(projectAt(`libs/${service}`)).toMatchObject({ name: service, tags: ['type:service'] });
  expect(projectAt(`apps/${service}`)).toMatchObject({ name: `${service}-service`, tags: ['type:app'] });
});
