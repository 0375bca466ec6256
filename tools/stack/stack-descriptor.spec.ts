import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { identityOf } from '../engines/process-identity';
import { findRunningStack, removeDescriptor, writeDescriptor } from './stack-descriptor';

describe('the description of a running stack', () => {
  let dataFolder: string;
  const self = identityOf(process.pid);
  const apiUrl = 'http://127.0.0.1:3000';

  beforeEach(async () => {
    dataFolder = await mkdtemp(join(tmpdir(), 'stack-'));
  });
  afterEach(() => rm(dataFolder, { recursive: true }));

  it('is found while its processes live, until it is removed', async () => {
    await writeDescriptor({ dataFolder, apiUrl, environment: {}, processes: self ? [self] : [] });
    expect((await findRunningStack(dataFolder))?.apiUrl).toBe(apiUrl);
    await removeDescriptor(dataFolder);
    expect(await findRunningStack(dataFolder)).toBeUndefined();
  });

  it('says nothing when one of its processes is gone', async () => {
    const gone = { pid: process.pid, startedAt: 'long ago' };
    await writeDescriptor({ dataFolder, apiUrl, environment: {}, processes: [gone] });
    expect(await findRunningStack(dataFolder)).toBeUndefined();
  });

  it('says nothing where no stack ever ran', async () => {
    expect(await findRunningStack(join(dataFolder, 'nowhere'))).toBeUndefined();
  });
});
