import { serveUntilStopped } from '@tollkeeper/platform';
import { rating } from '@tollkeeper/rating';

serveUntilStopped({ name: 'rating-service', services: [rating] });
