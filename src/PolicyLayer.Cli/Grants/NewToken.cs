using System.Security.Cryptography;
using PolicyLayer.Sdk.Proxy.Grants;

namespace PolicyLayer.Cli.Grants;

/// <summary>A token that nobody has yet.</summary>
/// <param name="Text">256 random bits in hexadecimal digits: what a caller sends.</param>
/// <param name="Hash">The SHA-256 of that text: what the file has.</param>
internal sealed record NewToken(string Text, string Hash)
{
    private const int Bytes = 32;

    public static NewToken Create()
    {
        string text = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(Bytes));
        return new NewToken(text, Convert.ToHexStringLower(GrantFile.HashOf(text)));
    }

    /// <summary>Shows it, this once.</summary>
    /// <exception cref="UsageException">It cannot be shown.</exception>
    public void Show(CommandStreams streams, string note)
    {
        try
        {
            streams.Out.WriteLine(Text);
            streams.Out.Flush();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException("the token is in the file, and could not be printed, so nobody has it; `policylayer grants rotate` makes another");
        }

        streams.WriteError($"policylayer: {note}");
    }

    /// <summary>Says nothing: a token belongs in no log.</summary>
    public override string ToString() => nameof(NewToken);
}
