namespace PolicyLayer.Sdk.Python.Seccomp;

/// <summary>A system call that gets through when every test on its arguments holds.</summary>
internal sealed record SystemCallRule(string Name, params ArgumentTest[] Tests);
