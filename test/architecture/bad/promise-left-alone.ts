// as libs/workflows/src/publication.ts
// breaks @typescript-eslint/no-floating-promises

export function publication(tell: () => Promise<void>): void {
  tell(); // wrong
  void tell();
}
