// The MongoDB driver loads `os` by a dynamic import(), which jest's module sandbox refuses; the driver then connects
// without the metadata that the server asks for. Under jest this file stands in for the driver's runtime_adapters.
const os = require('node:os');

exports.resolveRuntimeAdapters = async (options) => ({ os: options.runtimeAdapters?.os ?? os });
