import { createServer, type Server } from 'node:net';
import { HOST, claimPort, freePort, portIsFree, portTakenMessage, portsFromEnvironment } from './ports';

describe('ports of npm start', () => {
  it('are the usual ones unless the environment says otherwise', () => {
    expect(portsFromEnvironment({ API_PORT: '4000' })).toEqual({
      temporal: 7233,
      temporalUi: 8233,
      mongod: 27017,
      smtp: 1025,
      inbox: 1080,
      api: 4000,
    });
  });

  it.each(['http', '0', '70000', '-1', '1.5'])('refuse %j', (text) => {
    expect(() => portsFromEnvironment({ SMTP_PORT: text })).toThrow(`SMTP_PORT=${text} is no port`);
  });
});

describe('a port that is taken', () => {
  let server: Server;
  let port: number;

  beforeEach(async () => {
    port = await freePort();
    server = createServer();
    await new Promise<void>((done) => server.listen(port, HOST, done));
  });
  afterEach(() => new Promise((done) => server.close(done)));

  it('is seen', async () => {
    expect(await portIsFree(port)).toBe(false);
  });

  it('is told in one line with the variable that changes it', async () => {
    await expect(claimPort('api', port)).rejects.toThrow(portTakenMessage('api', port));
    expect(portTakenMessage('api', 3000)).toBe(
      'port 3000 for the API is taken by another process: stop that one, or set API_PORT to a free port',
    );
  });

  it('does not matter when any port will do', async () => {
    expect(await claimPort('api', undefined)).not.toBe(port);
  });
});
