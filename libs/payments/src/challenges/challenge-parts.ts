import { LateConfirmationController } from './late-confirmations.controller';
import { LateConfirmationRepository } from './late-confirmations.repository';
import { LateConfirmationRows } from './late-confirmations.schema';
import { LateConfirmations } from './late-confirmations.service';
import { StaleChallenges } from './stale-challenges.service';

/** What the module is made of here. */
export const challengeCollections = [LateConfirmationRows];
export const challengeControllers = [LateConfirmationController];
export const challengeProviders = [StaleChallenges, LateConfirmations, LateConfirmationRepository];
