using System.Globalization;
using PolicyLayer.Sdk.Python;

// Runs a program that never ends, with the interpreter and the pool it is told, until somebody kills this process.
await using var runner = new PythonRunner(new PythonRunnerOptions { PythonPath = args[0], PoolSize = int.Parse(args[1], CultureInfo.InvariantCulture), MaxTimeout = TimeSpan.FromMinutes(10) });
await runner.RunAsync("while True: pass", new PythonRunOptions { Timeout = TimeSpan.FromMinutes(10) });
