import type { RequestHandler } from 'express';
import { createHash, timingSafeEqual } from 'node:crypto';
import { Problem } from './problem';

const digest = (text: string) => createHash('sha256').update(text).digest();

export function requireBearer(key: string): RequestHandler {
  const expected = digest(`Bearer ${key}`);
  return (req, _res, next) => {
    if (timingSafeEqual(digest(req.get('Authorization') ?? ''), expected)) return next();
    next(
      new Problem(401, 'unauthenticated', 'Authorization: Bearer with the key of this sandbox is required'),
    );
  };
}
