/**
 * A large value that crosses a boundary: an immutable gzipped NDJSON object in storage, named by its content.
 * Written before the activity returns; a workflow only ever sees this reference.
 */
export interface StorageRef {
  key: string;
  sha256: string;
  /** Lines of NDJSON, or bytes of a document such as a PDF. */
  count: number;
  schemaVersion: number;
}

/** No activity input or result may be larger than this, serialised. */
export const maxPayloadBytes = 64 * 1024;
