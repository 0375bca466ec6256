import type { Context } from '@temporalio/activity';
import type { ActivityInterceptors } from '@temporalio/worker';

type Beating = Pick<Context, 'heartbeat'> & { info: Pick<Context['info'], 'heartbeatTimeoutMs'> };

const beatsPerTimeout = 4;

/**
 * Heartbeats of an activity for as long as its process lives, whatever it waits for: only the death of the process is
 * silent, so a time-out can be short, and its work is taken up again soon. A call that hangs has a time-out of its own.
 */
export const steadyHeartbeat = ({ heartbeat, info }: Beating): ActivityInterceptors => ({
  inbound: {
    async execute(input, next) {
      if (info.heartbeatTimeoutMs === undefined) return next(input);
      const beating = setInterval(() => heartbeat(), info.heartbeatTimeoutMs / beatsPerTimeout);
      try {
        return await next(input);
      } finally {
        clearInterval(beating);
      }
    },
  },
});
