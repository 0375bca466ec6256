import { type DestinationStream, type Logger as PinoLogger, pino } from 'pino';
import { maskCardNumbers } from './mask-card-numbers';

export type Logger = PinoLogger;

const secrets = [
  'password',
  'token',
  'refreshToken',
  'accessToken',
  'secret',
  'apiKey',
  'authorization',
  'cookie',
];

/** JSON lines; credentials never reach them, at any depth that we log, and no card number, wherever it was put. */
export const createLogger = (level: string, destination: DestinationStream = pino.destination()): Logger =>
  pino(
    {
      level,
      hooks: { streamWrite: maskCardNumbers },
      redact: {
        paths: [
          ...secrets,
          ...secrets.map((name) => `*.${name}`),
          'req.headers.authorization',
          'req.headers.cookie',
        ],
        censor: '[redacted]',
      },
    },
    destination,
  );
