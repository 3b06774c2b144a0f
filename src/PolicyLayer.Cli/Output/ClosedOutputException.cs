namespace PolicyLayer.Cli.Output;

/// <summary>Whoever read the output has gone, as <c>head</c> does when it has seen enough: there is nobody left to tell anything.</summary>
internal sealed class ClosedOutputException() : IOException("the reader of the output is gone");
