import ts from 'typescript';

/** Names of an exported interface that Temporal calls by its methods. */
const isActivities = (name: string): boolean => name.endsWith('Activities');
const primitive = ts.TypeFlags.StringLike | ts.TypeFlags.NumberLike | ts.TypeFlags.BooleanLike;
const definitions = new Set(['SignalDefinition', 'QueryDefinition', 'UpdateDefinition', 'ProcessDefinition']);

/**
 * Walks all that a contracts entry file lets cross a boundary (activities' inputs and results, signals, queries,
 * updates, processes' inputs) and names every place that JSON cannot carry.
 */
export function whatJsonCannotCarry(program: ts.Program, entry: string): string[] {
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(entry);
  const module = source && checker.getSymbolAtLocation(source);
  if (!module) throw new Error(`${entry} exports nothing`);
  const faults: string[] = [];

  for (const exported of checker.getExportsOfModule(module)) {
    const symbol = exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported;
    if (symbol.flags & ts.SymbolFlags.Interface && isActivities(symbol.name)) walkActivities(symbol);
    if (symbol.flags & ts.SymbolFlags.Variable) walkDefinitions(checker.getTypeOfSymbol(symbol), symbol.name);
  }
  return faults;

  function walkActivities(symbol: ts.Symbol): void {
    for (const method of checker.getDeclaredTypeOfSymbol(symbol).getProperties()) {
      const path = `${symbol.name}.${method.name}`;
      for (const signature of checker.getTypeOfSymbol(method).getCallSignatures()) {
        for (const parameter of signature.getParameters())
          walk(checker.getTypeOfSymbol(parameter), `${path} input`);
        walk(checker.getAwaitedType(signature.getReturnType()), `${path} result`);
      }
    }
  }

  /** A definition, or an object of definitions such as all signals of one process. */
  function walkDefinitions(type: ts.Type, path: string): void {
    const name = (type.aliasSymbol ?? type.symbol)?.name ?? '';
    if (definitions.has(name)) {
      const carried = type.aliasTypeArguments ?? checker.getTypeArguments(type as ts.TypeReference);
      for (const argument of carried) if (!(argument.flags & ts.TypeFlags.Void)) walk(argument, path);
    } else if (type.flags & ts.TypeFlags.Object && type.getCallSignatures().length === 0) {
      for (const inner of type.getProperties()) {
        const innerType = checker.getTypeOfSymbol(inner);
        if (definitions.has(innerType.symbol?.name ?? ''))
          walkDefinitions(innerType, `${path}.${inner.name}`);
      }
    }
  }

  function walk(type: ts.Type | undefined, path: string, above: readonly ts.Type[] = []): void {
    if (!type || above.includes(type)) return;
    const fault = faultOf(type);
    if (fault) return void faults.push(`${path}: ${fault}`);
    const seen = [...above, type];
    if (type.isUnionOrIntersection()) {
      const isBranded = type.isIntersection() && type.types.some((one) => one.flags & primitive);
      if (!isBranded) for (const one of type.types) walk(one, path, seen);
    } else if (checker.isArrayType(type) || checker.isTupleType(type)) {
      for (const item of checker.getTypeArguments(type as ts.TypeReference)) walk(item, `${path}[]`, seen);
    } else if (type.flags & ts.TypeFlags.Object) {
      for (const { type: value } of checker.getIndexInfosOfType(type)) walk(value, `${path}[*]`, seen);
      for (const inner of type.getProperties()) {
        walk(checker.getTypeOfSymbol(inner), `${path}.${inner.name}`, seen);
      }
    }
  }

  function faultOf(type: ts.Type): string | null {
    if (type.flags & ts.TypeFlags.Any) return 'any';
    if (type.flags & ts.TypeFlags.BigIntLike) return 'bigint';
    if (type.flags & ts.TypeFlags.ESSymbolLike) return 'symbol';
    if (!(type.flags & ts.TypeFlags.Object)) return null;
    if (type.getCallSignatures().length > 0) return 'a function';
    if (checker.isArrayType(type) || checker.isTupleType(type)) return null;
    return isClassOrForeign(type.symbol) ? type.symbol.name : null;
  }

  /** Date, Map, ObjectId: classes, and interfaces that others declare. Record and Partial have no such symbol. */
  function isClassOrForeign(symbol: ts.Symbol | undefined): boolean {
    if (!symbol) return false;
    if (symbol.flags & ts.SymbolFlags.Class) return true;
    if (!(symbol.flags & ts.SymbolFlags.Interface)) return false;
    return (symbol.declarations ?? []).some((declaration) => {
      const file = declaration.getSourceFile();
      return program.isSourceFileDefaultLibrary(file) || file.fileName.includes('/node_modules/');
    });
  }
}
