import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import type { Response } from 'express';
import { type Observable, tap } from 'rxjs';
import { LoginsPaused } from './login-attempt.service';

/** A refused sign-in says in a header when to come back. */
@Injectable()
export class RetryAfter implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const response = context.switchToHttp().getResponse<Response>();
    return next.handle().pipe(
      tap({
        error: (error: unknown) => {
          if (error instanceof LoginsPaused) response.setHeader('Retry-After', String(error.waitSeconds));
        },
      }),
    );
  }
}
