import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, it, jest } from '@jest/globals';
import { expectAuditToHold } from '../faults/audit';
import { Month } from '../faults/month';
import { ServiceProcesses, services } from './service-processes';

jest.setTimeout(420_000);

const root = resolve(__dirname, '..', '..');

interface ProjectGraph {
  graph: {
    nodes: Record<
      string,
      { data: { root: string; targets: Record<string, { options?: { command?: string } }> } }
    >;
  };
}

describe('each deployable in a process of its own', () => {
  it('bills one small cycle, and all end cleanly when told to', async () => {
    const processes = await ServiceProcesses.start();
    let left: string[] = [];
    try {
      expect(processes.names.sort()).toEqual(
        [...services, 'orchestrator', 'sandbox-gateway', 'sandbox-network'].sort(),
      );
      const { apiUrl, environment } = processes;
      const month = await Month.open({
        apiUrl,
        operatorKey: environment['OPERATOR_KEY'] ?? '',
        seed: 14,
        records: 400,
        size: 0.1,
      });
      await month.importUsage();
      await month.draft();
      await month.approve();
      await month.deliver();
      const { data: invoices } = await month.api.get<{ data: { state: string }[] }>(
        '/v1/invoicing/invoices?limit=100',
      );
      const billed = month.story.accounts.filter(({ offeringId }) => offeringId !== 'prepaid-30');
      expect(invoices.map(({ state }) => state)).toEqual(billed.map(() => 'finalized'));
      await month.collect();
      await expectAuditToHold(processes);
    } finally {
      left = await processes.stop();
    }
    expect(left).toEqual([]);
  });

  it('can be started by nx serve', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'tollkeeper-graph-'));
    const file = join(folder, 'graph.json');
    execFileSync('npx', ['nx', 'graph', '--file', file], {
      cwd: root,
      env: { ...process.env, NX_DAEMON: 'false' },
      stdio: 'pipe',
    });
    const { graph } = JSON.parse(await readFile(file, 'utf8')) as ProjectGraph;
    await rm(folder, { recursive: true });

    const serving = Object.values(graph.nodes).flatMap(({ data }) => {
      const command = data.targets['serve']?.options?.command?.replace('{projectRoot}', data.root);
      return data.root.startsWith('apps/') && command
        ? [{ app: data.root.replace('apps/', ''), script: command.replace(/^node /, '') }]
        : [];
    });
    expect(serving.map(({ app }) => app).sort()).toEqual(readdirSync(join(root, 'apps')).sort());
    expect(serving.filter(({ script }) => !existsSync(join(root, script)))).toEqual([]);
  });
});
