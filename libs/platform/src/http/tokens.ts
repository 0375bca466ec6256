import { createPrivateKey, createPublicKey, generateKeyPairSync } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { JwtService } from '@nestjs/jwt';
import { audiences, type Principal, type PrincipalKind } from './principal';
import { unauthorized } from './problem';

const algorithm = 'ES256';
const issuer = 'tollkeeper';

type Claims = Omit<Principal, 'subject'> & { sub: string; aud: string };

/** Checks access tokens with the public key: signature, algorithm, issuer, life, and that audience and kind agree. */
export class TokenVerifier {
  private readonly jwt: JwtService;

  /** The key is read once: that costs more than to check a signature. */
  constructor(publicKey: string) {
    this.jwt = new JwtService({ publicKey: createPublicKey(publicKey) });
  }

  verify(token: string): Principal {
    let claims: Claims;
    try {
      claims = this.jwt.verify<Claims>(token, {
        algorithms: [algorithm],
        issuer,
        audience: [audiences.staff, audiences.integration, audiences.subscriber],
      });
    } catch {
      throw unauthorized('The access token is not valid, or no longer: sign in or refresh.');
    }
    if (claims.aud !== audiences[claims.kind]) throw unauthorized('The access token is for another door.');
    const { kind, tenantId, sub, name, roles, scopes, accountId } = claims;
    return { kind, tenantId, subject: sub, name, roles, scopes, accountId };
  }
}

/** Only identity signs. */
export class TokenSigner {
  private readonly jwt: JwtService;

  constructor(privateKey: string) {
    this.jwt = new JwtService({ privateKey: createPrivateKey(privateKey) });
  }

  sign({ subject, ...claims }: Principal, lifeSeconds: number): string {
    const audience: string = audiences[claims.kind satisfies PrincipalKind];
    return this.jwt.sign(claims, {
      algorithm,
      issuer,
      subject,
      audience,
      expiresIn: lifeSeconds,
    });
  }
}

interface SigningKeys {
  publicKey: string;
  privateKey: string | null;
}

/** Reads the pair from the folder; the first process to come makes it. A verifying process needs the public half only. */
export function loadKeys(folder: string): SigningKeys {
  const publicPath = join(folder, 'token-public.pem');
  const privatePath = join(folder, 'token-private.pem');
  if (!existsSync(publicPath)) createKeys(folder, publicPath, privatePath);
  return {
    publicKey: readFileSync(publicPath, 'utf8'),
    privateKey: existsSync(privatePath) ? readFileSync(privatePath, 'utf8') : null,
  };
}

function createKeys(folder: string, publicPath: string, privatePath: string): void {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  try {
    writeFileSync(privatePath, privateKey.export({ type: 'pkcs8', format: 'pem' }), {
      mode: 0o600,
      flag: 'wx',
    });
    writeFileSync(publicPath, publicKey.export({ type: 'spki', format: 'pem' }), { mode: 0o644, flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}
