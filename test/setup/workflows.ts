import { testServerBinary } from '../../tools/engines';
import buildApps from './build-apps';

/** Before the workflow specs: the time-skipping server's binary, and today's workflows in one bundle. */
export default async function setUpWorkflowSpecs(): Promise<void> {
  process.env['TEST_SERVER_BINARY'] = await testServerBinary();
  buildApps();
}
