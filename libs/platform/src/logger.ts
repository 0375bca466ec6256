import { type Logger as PinoLogger, pino } from 'pino';

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

/** JSON lines; credentials never reach them, at any depth that we log. */
export const createLogger = (level: string): Logger =>
  pino({
    level,
    redact: {
      paths: [
        ...secrets,
        ...secrets.map((name) => `*.${name}`),
        'req.headers.authorization',
        'req.headers.cookie',
      ],
      censor: '[redacted]',
    },
  });
