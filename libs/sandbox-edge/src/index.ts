export { businessTimeOf, header, Instant, TenantId, tenantOf, TenantQuery } from './call-headers';
export { edgeServer } from './edge-server';
export { Problem } from './problem';
export { runEdge } from './run-edge';
export { isSigned, requireSignature, type SignedCall } from './signature';
