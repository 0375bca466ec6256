import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { findCardNumber } from '@tollkeeper/contracts';
import type { Request } from 'express';
import { badInput } from './problem';

/**
 * No card number may reach our rows or logs: whatever text holds one is refused before anything else reads it, and
 * the refusal names the place, never the text.
 */
@Injectable()
export class NoCardNumbers implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<Request<object, unknown, unknown>>();
    for (const part of [request.body, request.query, request.params]) {
      const place = findCardNumber(part);
      if (place !== null) {
        throw badInput(
          place,
          'This looks like a card number, which is never accepted here.',
          "Collect cards in the gateway's hosted fields and send the token.",
        );
      }
    }
    return true;
  }
}
