using System.Buffers.Binary;

namespace PolicyLayer.Sdk.Python.Protocol;

/// <summary>Reads the supervisor's frames and believes none of their sizes.</summary>
internal sealed class FrameReader(Stream stream)
{
    private const int HeaderSize = 5;

    /// <summary>The supervisor forwards what one read of a pipe gave it: never more.</summary>
    private const int MaxContent = 65536;

    private readonly byte[] _header = new byte[HeaderSize];
    private readonly byte[] _content = new byte[MaxContent];

    /// <summary>The next frame of a talk that is not over, valid until the next call.</summary>
    /// <exception cref="InvalidDataException">There is none, or what came is not a frame.</exception>
    public async ValueTask<Frame> ReadNextAsync(CancellationToken cancellationToken) =>
        await ReadAsync(cancellationToken).ConfigureAwait(false) ?? throw new InvalidDataException("it ended without a word");

    /// <summary>The next frame, valid until the next call; null at the end.</summary>
    /// <exception cref="InvalidDataException">What came is not a frame.</exception>
    public async ValueTask<Frame?> ReadAsync(CancellationToken cancellationToken)
    {
        int read = await stream.ReadAtLeastAsync(_header, HeaderSize, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        if (read == 0)
        {
            return null;
        }

        if (read < HeaderSize)
        {
            throw new InvalidDataException("the supervisor stopped in the middle of a frame");
        }

        var kind = (FrameKind)_header[0];
        uint size = BinaryPrimitives.ReadUInt32LittleEndian(_header.AsSpan(1));
        if (!Enum.IsDefined(kind) || size > MaxContent)
        {
            throw new InvalidDataException("what the supervisor wrote is not a frame");
        }

        Memory<byte> content = _content.AsMemory(0, (int)size);
        int got = await stream.ReadAtLeastAsync(content, content.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        return got == content.Length
            ? new Frame(kind, content)
            : throw new InvalidDataException("the supervisor stopped in the middle of a frame");
    }
}
