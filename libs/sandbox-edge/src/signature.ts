import type { Request, RequestHandler } from 'express';
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Problem } from './problem';

/** Real time: an older signature may be a replay. */
const TOLERANCE_SECONDS = 5 * 60;

const bodies = new WeakMap<IncomingMessage, Buffer>();

/** For express.json: a signature is over the bytes that came, not over what was read from them. */
export function keepBody(req: IncomingMessage, _res: ServerResponse, body: Buffer): void {
  bodies.set(req, body);
}

export interface SignedCall {
  id: string;
  timestamp: string;
  tenantId: string;
  at: string;
  method: string;
  path: string;
  body: Buffer;
}

export function isSigned(secret: string, signature: string, call: SignedCall, nowSeconds: number): boolean {
  const { id, timestamp, tenantId, at, method, path, body } = call;
  if (!/^\d{1,12}$/.test(timestamp) || Math.abs(nowSeconds - Number(timestamp)) > TOLERANCE_SECONDS)
    return false;
  const head = [id, timestamp, tenantId, at, method, path, ''].join('.');
  const expected = createHmac('sha256', secret).update(head).update(body).digest();
  const [version, text = ''] = signature.split(',');
  const given = Buffer.from(text, 'base64');
  return version === 'v1' && given.length === expected.length && timingSafeEqual(given, expected);
}

/** Whoever shows the key but cannot sign changes nothing here. */
export function requireSignature(secret: string): RequestHandler {
  return (req, _res, next) => {
    const nowSeconds = Math.floor(Date.now() / 1000);
    if (isSigned(secret, req.get('request-signature') ?? '', callOf(req), nowSeconds)) return next();
    next(
      new Problem(
        401,
        'bad_signature',
        'request-signature must be v1,<base64 of HMAC-SHA256> over request-id, request-timestamp (at most 5 minutes old), X-Tenant, X-Business-Time, method, path and body, joined by dots',
      ),
    );
  };
}

const callOf = (req: Request): SignedCall => ({
  id: req.get('request-id') ?? '',
  timestamp: req.get('request-timestamp') ?? '',
  tenantId: req.get('X-Tenant') ?? '',
  at: req.get('X-Business-Time') ?? '',
  method: req.method,
  path: req.originalUrl,
  body: bodies.get(req) ?? Buffer.alloc(0),
});
