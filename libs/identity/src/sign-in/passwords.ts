import { Injectable } from '@nestjs/common';
import { argon2id, hash, verify } from 'argon2';
import { newSecret } from './secrets';

/** OWASP's floor for argon2id; argon2 hashes on libuv's threads, HTTP goes on meanwhile. */
const cost = { type: argon2id, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

@Injectable()
export class Passwords {
  private readonly nobody = hash(newSecret(), cost);

  hash(password: string): Promise<string> {
    return hash(password, cost);
  }

  /** Takes the same time when there is no such account (`null`). */
  async verify(passwordHash: string | null, password: string): Promise<boolean> {
    const matches = await verify(passwordHash ?? (await this.nobody), password);
    return matches && passwordHash !== null;
  }
}
