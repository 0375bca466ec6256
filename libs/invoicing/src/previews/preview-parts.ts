import { PlanChangePreviewController } from './plan-change-preview.controller';
import { PlanChangePreviewService } from './plan-change-preview.service';
import { PreviewController } from './preview.controller';
import { PreviewService } from './preview.service';

/** What the module takes up for previews. */
export const previewControllers = [PreviewController, PlanChangePreviewController];

export const previewServices = [PreviewService, PlanChangePreviewService];
