using PolicyLayer.Sdk.Python;

// Runs a program that never ends, with the interpreter it is told, until somebody kills this process.
var runner = new PythonRunner(new PythonRunnerOptions { PythonPath = args[0], MaxTimeout = TimeSpan.FromMinutes(10) });
await runner.RunAsync("while True: pass", new PythonRunOptions { Timeout = TimeSpan.FromMinutes(10) });
