import { inboxArguments } from './maildev';
import { serverArguments as mongodArguments } from './mongod';
import { serverArguments as temporalArguments } from './temporal';

describe('what the engines are started with', () => {
  it('Temporal without a UI port is headless', () => {
    expect(temporalArguments('/db', 7233, undefined)).toContain('--headless');
    expect(temporalArguments('/db', 7233, 8233)).not.toContain('--headless');
    expect(temporalArguments('/db', 7233, 8233).join(' ')).toContain('--ui-port 8233');
  });

  it('all listen on this machine only', () => {
    expect(temporalArguments('/db', 7233, 8233).join(' ')).toMatch(
      /--ip 127\.0\.0\.1 .*--ui-ip 127\.0\.0\.1/,
    );
    expect(mongodArguments('/db', 27017).join(' ')).toContain('--bind_ip 127.0.0.1');
    expect(inboxArguments(1025, 1080, '/mails').join(' ')).toMatch(
      /--ip 127\.0\.0\.1 .*--web-ip 127\.0\.0\.1/,
    );
  });

  it('MongoDB is a replica set, for transactions', () => {
    expect(mongodArguments('/db', 27017)).toContain('--replSet');
  });
});
