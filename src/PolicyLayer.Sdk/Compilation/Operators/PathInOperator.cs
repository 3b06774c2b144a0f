using System.Buffers;
using PolicyLayer.Sdk.Compilation.Conditions;

namespace PolicyLayer.Sdk.Compilation.Operators;

/// <summary><c>path_in</c>: an absolute POSIX path in or under one of some folders. What could mean another place is in none.</summary>
/// <param name="folders">Normal paths.</param>
internal sealed class PathInOperator(string[] folders) : TextOperator
{
    protected override ConditionOutcome Judge(ReadOnlySpan<char> text)
    {
        char[] buffer = ArrayPool<char>.Shared.Rent(text.Length + 1);
        try
        {
            if (PosixPath.TryNormalize(text, buffer, out ReadOnlySpan<char> path))
            {
                foreach (string folder in folders)
                {
                    if (PosixPath.IsWithin(path, folder))
                    {
                        return ConditionOutcome.True;
                    }
                }
            }

            return ConditionOutcome.False;
        }
        finally
        {
            ArrayPool<char>.Shared.Return(buffer, clearArray: true);
        }
    }
}
