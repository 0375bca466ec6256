import { findBinary, type Log } from './find-binary';

/** The time-skipping server for workflow specs: the SDK starts it itself, given a path. */
export async function testServerBinary(log: Log = () => undefined): Promise<string> {
  return (await findBinary('temporalTestServer', log)).path;
}
