import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { PayLinkService } from './pay-link.service';

/** The token in the path is the credential: nothing else is looked at before it. */
@Injectable()
export class PayLinkGuard implements CanActivate {
  constructor(private readonly links: PayLinkService) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const { params } = context.switchToHttp().getRequest<Request<{ token: string }>>();
    await this.links.read(params.token);
    return true;
  }
}
