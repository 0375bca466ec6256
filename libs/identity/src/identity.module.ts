import { Module } from '@nestjs/common';
import { auditLogController, ServicePlatform } from '@tollkeeper/platform';
import { ApiKeyController } from './api-key.controller';
import { ApiKeyRepository } from './api-key.repository';
import { ApiKeys } from './api-key.schema';
import { ApiKeyService } from './api-key.service';
import { IdentityActivities } from './identity.activities';
import { LoginAttemptRepository } from './login-attempt.repository';
import { LoginAttempts } from './login-attempt.schema';
import { LoginAttemptService } from './login-attempt.service';
import { LoginController } from './login.controller';
import { LoginService } from './login.service';
import { OperatorKey, operatorKeyOf } from './operator-key';
import { Passwords } from './passwords';
import { RefreshTokenRepository } from './refresh-token.repository';
import { RefreshTokens } from './refresh-token.schema';
import { Sessions } from './session.service';
import { SubscriberLoginController } from './subscriber-login.controller';
import { SubscriberLoginRepository } from './subscriber-login.repository';
import { SubscriberLogins } from './subscriber-login.schema';
import { SubscriberLoginService } from './subscriber-login.service';
import { TenantOpening } from './tenant-opening.service';
import { TenantController } from './tenant.controller';
import { TenantRepository } from './tenant.repository';
import { Tenants } from './tenant.schema';
import { TenantService } from './tenant.service';
import { TestClockController } from './test-clock.controller';
import { TestClockService } from './test-clock.service';
import { UserController } from './user.controller';
import { UserRepository } from './user.repository';
import { Users } from './user.schema';
import { UserService } from './user.service';

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
