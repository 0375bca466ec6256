export { EngineFailure, lastWords } from './engine-failure';
export type { Log } from './find-binary';
export type { MailInbox } from './maildev';
export { startMongod } from './mongod';
export { clearLeftovers } from './pid-files';
export {
  HOST,
  KNOWN_PORTS,
  claimPort,
  freePort,
  portIsFree,
  portTakenMessage,
  portsFromEnvironment,
  type EnginePorts,
  type PortName,
  type StackPorts,
} from './ports';
export { identityOf, isAlive, type ProcessIdentity } from './process-identity';
export { startProcess, type Exit, type ProcessPlan, type RunningProcess } from './running-process';
export { dataFolderFrom, startEngines, type Engines, type EnginesPlan } from './start-engines';
export { findStripeMock, startStripeMock, STRIPE_MOCK_VERSION, type StripeMock } from './stripe-mock';
export { startTemporal } from './temporal';
export { testServerBinary } from './test-server';
export { askHttp, waitUntilReady } from './wait-until-ready';
