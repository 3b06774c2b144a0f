namespace PolicyLayer.Cli;

/// <summary>Where a command reads and writes.</summary>
/// <param name="In">Input, where a file is named <c>-</c>.</param>
/// <param name="Out">Results.</param>
/// <param name="Error">What is wrong.</param>
/// <param name="IsPlain">Whether results go to a file or another program, which wants no colours.</param>
internal sealed record CommandStreams(TextReader In, TextWriter Out, TextWriter Error, bool IsPlain);
