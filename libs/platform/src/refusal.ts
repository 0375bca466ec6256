import { ApplicationFailure } from '@temporalio/common';
import type { RefusalCode } from '@tollkeeper/contracts';

/** A business refusal of an activity: not retried, the process sees the code as the failure's type. */
export const refusal = (code: RefusalCode, message: string): ApplicationFailure =>
  ApplicationFailure.nonRetryable(message, code);
