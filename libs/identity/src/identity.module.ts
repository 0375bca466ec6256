import { Module } from '@nestjs/common';
import { auditLogController, ServicePlatform } from '@tollkeeper/platform';
import { ApiKeyController } from './api-keys/api-key.controller';
import { ApiKeyRepository } from './api-keys/api-key.repository';
import { ApiKeys } from './api-keys/api-key.schema';
import { ApiKeyService } from './api-keys/api-key.service';
import { IdentityActivities } from './identity.activities';
import { LoginAttemptRepository } from './sign-in/login-attempt.repository';
import { LoginAttempts } from './sign-in/login-attempt.schema';
import { LoginAttemptService } from './sign-in/login-attempt.service';
import { LoginController } from './sign-in/login.controller';
import { LoginService } from './sign-in/login.service';
import { OperatorKey, operatorKeyOf } from './api-keys/operator-key';
import { Passwords } from './sign-in/passwords';
import { RefreshTokenRepository } from './sign-in/refresh-token.repository';
import { RefreshTokens } from './sign-in/refresh-token.schema';
import { Sessions } from './sign-in/session.service';
import { SubscriberLoginController } from './subscriber-sign-in/subscriber-login.controller';
import { SubscriberLoginRepository } from './subscriber-sign-in/subscriber-login.repository';
import { SubscriberLogins } from './subscriber-sign-in/subscriber-login.schema';
import { SubscriberLoginService } from './subscriber-sign-in/subscriber-login.service';
import { TenantOpening } from './tenants/tenant-opening.service';
import { TenantController } from './tenants/tenant.controller';
import { TenantRepository } from './tenants/tenant.repository';
import { Tenants } from './tenants/tenant.schema';
import { TenantService } from './tenants/tenant.service';
import { TestClockController } from './tenants/test-clock.controller';
import { TestClockService } from './tenants/test-clock.service';
import { UserController } from './users/user.controller';
import { UserRepository } from './users/user.repository';
import { Users } from './users/user.schema';
import { UserService } from './users/user.service';

const AuditLogController = auditLogController('identity', {
  roles: ['auditor'],
  operation: {
    summary: 'Who changed what, and why',
    description: 'Newest first. `entity` narrows it to one user, key or tenant.',
  },
});

@Module({
  imports: [
    ServicePlatform.register({
      service: 'identity',
      collections: [Tenants, Users, SubscriberLogins, ApiKeys, RefreshTokens, LoginAttempts],
    }),
  ],
  controllers: [
    LoginController,
    UserController,
    ApiKeyController,
    SubscriberLoginController,
    TenantController,
    TestClockController,
    AuditLogController,
  ],
  providers: [
    { provide: OperatorKey, useFactory: () => new OperatorKey(operatorKeyOf(process.env)) },
    Passwords,
    TenantRepository,
    UserRepository,
    SubscriberLoginRepository,
    ApiKeyRepository,
    RefreshTokenRepository,
    LoginAttemptRepository,
    LoginAttemptService,
    Sessions,
    LoginService,
    UserService,
    SubscriberLoginService,
    ApiKeyService,
    TenantOpening,
    TenantService,
    TestClockService,
    IdentityActivities,
  ],
})
export class IdentityModule {}
