import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

export interface ComposeService {
  readonly image?: string;
  readonly build?: { readonly context: string };
  readonly pull_policy?: string;
  readonly restart?: string;
  readonly profiles?: string[];
  readonly command?: string | string[];
  readonly entrypoint?: string[];
  readonly environment?: Record<string, string | number>;
  readonly ports?: string[];
  readonly volumes?: string[];
  readonly depends_on?: Record<string, { readonly condition: string }>;
  readonly healthcheck?: { readonly test?: string[]; readonly disable?: boolean } & Record<string, unknown>;
}

export interface ComposeFile {
  readonly name: string;
  readonly services: Record<string, ComposeService>;
  readonly volumes: Record<string, unknown>;
}

export const root = join(__dirname, '..', '..');

export const readText = (path: string): string => readFileSync(join(root, path), 'utf8');

export const readCompose = (): ComposeFile =>
  parse(readText('docker-compose.yml'), { merge: true }) as ComposeFile;
