using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace PolicyLayer.Sdk.Yaml;

/// <summary>Writes YAML as JSON, event by event, and remembers where each value stood. No recursion: depth costs no stack.</summary>
internal sealed class YamlConverter
{
    private readonly Utf8JsonWriter _writer;
    private readonly List<(int Offset, int Line, int Column)> _places = [];
    private readonly Stack<Collection> _open = new();
    private readonly string _source;
    private readonly int _maxDepth;

    private YamlConverter(Utf8JsonWriter writer, string source, int maxDepth)
    {
        _maxDepth = maxDepth;
        _writer = writer;
        _source = source;
    }

    public ReadOnlyMemory<byte> Json { get; private set; }

    /// <exception cref="PolicyFormatException">It is no YAML of the strict kind.</exception>
    public static YamlConverter Convert(string yaml, string source, PolicyBounds bounds)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { SkipValidation = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        var converter = new YamlConverter(writer, source, bounds.MaxDepth);
        try
        {
            converter.Read(new Parser(new StringReader(yaml)));
            converter.Json = buffer.WrittenMemory;
            return converter;
        }
        catch (YamlException e)
        {
            throw YamlError.At(YamlMistake.Place(yaml, e), YamlCodes.Invalid, $"not valid YAML: {YamlMistake.Describe(yaml, e, converter.Innermost?.Bracket)}", source);
        }
        catch (Exception e) when (e is not PolicyFormatException)
        {
            // The parser is not ours, and whatever it throws at odd input says only that; most often a bracket is not closed.
            throw converter.Innermost is { Bracket: { } bracket } open
                ? YamlError.At(open.Start, YamlCodes.Invalid, $"not valid YAML: {YamlMistake.NotClosed(bracket)}", source)
                : YamlError.OfDocument(YamlCodes.Invalid, "not valid YAML", source);
        }
    }

    /// <summary>Where the value stood that a byte of the JSON belongs to.</summary>
    public (int Line, int Column) Locate(int offset)
    {
        int index = _places.BinarySearch((offset, int.MaxValue, int.MaxValue));
        index = index >= 0 ? index : ~index - 1;
        return index < 0 ? (1, 1) : (_places[index].Line, _places[index].Column);
    }

    private void Read(Parser parser)
    {
        int documents = 0;
        while (parser.MoveNext())
        {
            switch (parser.Current)
            {
                case DocumentStart start when ++documents > 1:
                    throw YamlError.At(start.Start, YamlCodes.SeveralDocuments, "a second document begins here; a policy is one", _source);
                case AnchorAlias alias:
                    throw YamlError.At(alias.Start, YamlCodes.Alias, "aliases are not allowed; write the value out", _source);
                case NodeEvent node:
                    Check(node);
                    Add(node);
                    break;
                case MappingEnd:
                    _writer.WriteEndObject();
                    Close();
                    break;
                case SequenceEnd:
                    _writer.WriteEndArray();
                    Close();
                    break;
                default:
                    break;
            }
        }

        _writer.Flush();
    }

    private void Check(NodeEvent node)
    {
        if (!node.Anchor.IsEmpty)
        {
            throw YamlError.At(node.Start, YamlCodes.Alias, "anchors are not allowed; write the value out where it is needed", _source);
        }

        if (!node.Tag.IsEmpty)
        {
            throw YamlError.At(node.Start, YamlCodes.Tag, "tags are not allowed; quote a text, and write numbers, true and false plainly", _source);
        }
    }

    private void Add(NodeEvent node)
    {
        bool isKey = _open.TryPeek(out Collection around) && around is { IsMapping: true, ExpectsKey: true };
        if (isKey)
        {
            AddKey(node);
            return;
        }

        // The name of a member is what a diagnostic points at, so only what has none gets a place of its own.
        if (!around.IsMapping)
        {
            Remember(node);
        }

        switch (node)
        {
            case Scalar scalar:
                Write(scalar);
                Done();
                break;
            case MappingStart mapping:
                _writer.WriteStartObject();
                Open(new Collection(node.Start, mapping.Style == MappingStyle.Flow ? '{' : null, IsMapping: true, ExpectsKey: true));
                break;
            default:
                _writer.WriteStartArray();
                Open(new Collection(node.Start, node is SequenceStart { Style: SequenceStyle.Flow } ? '[' : null, IsMapping: false, ExpectsKey: false));
                break;
        }
    }

    private void AddKey(NodeEvent node)
    {
        if (node is not Scalar key || (key.Style == ScalarStyle.Plain && PlainScalar.KindOf(key.Value) != PlainScalarKind.Text))
        {
            throw YamlError.At(node.Start, YamlCodes.KeyIsNoText, "a key must be a text; quote it", _source);
        }

        if (key.Value == "<<" && key.Style == ScalarStyle.Plain)
        {
            throw YamlError.At(key.Start, YamlCodes.MergeKey, "merge keys are not allowed; write the members out", _source);
        }

        Remember(key);
        _writer.WritePropertyName(key.Value);
        _open.Push(_open.Pop() with { ExpectsKey = false });
    }

    private void Write(Scalar scalar)
    {
        switch (scalar.Style == ScalarStyle.Plain ? PlainScalar.KindOf(scalar.Value) : PlainScalarKind.Text)
        {
            case PlainScalarKind.Null:
                _writer.WriteNullValue();
                break;
            case PlainScalarKind.Boolean:
                _writer.WriteBooleanValue(scalar.Value == "true");
                break;
            case PlainScalarKind.Number:
                _writer.WriteRawValue(scalar.Value, skipInputValidation: true);
                break;
            case PlainScalarKind.Ambiguous:
                throw YamlError.At(scalar.Start, YamlCodes.AmbiguousScalar, $"readers of YAML differ about `{scalar.Value}`; quote it if it is a text, else write true, false, null or a number as JSON has it", _source);
            default:
                _writer.WriteStringValue(scalar.Value);
                break;
        }
    }

    private void Open(Collection collection)
    {
        if (_open.Count == _maxDepth)
        {
            throw YamlError.At(collection.Start, YamlCodes.TooDeep, FormattableString.Invariant($"the document is nested deeper than {_maxDepth} levels"), _source);
        }

        _open.Push(collection);
    }

    private void Close()
    {
        _open.Pop();
        Done();
    }

    /// <summary>A value is complete: in a mapping a key comes next.</summary>
    private void Done()
    {
        if (_open.TryPop(out Collection around))
        {
            _open.Push(around with { ExpectsKey = around.IsMapping });
        }
    }

    private void Remember(NodeEvent node) => _places.Add(((int)(_writer.BytesCommitted + _writer.BytesPending), (int)node.Start.Line, (int)node.Start.Column));

    private Collection? Innermost => _open.TryPeek(out Collection innermost) ? innermost : null;

    /// <param name="Start">Where it begins.</param>
    /// <param name="Bracket">What it is opened by; null where indentation does that.</param>
    /// <param name="IsMapping">Whether it has keys.</param>
    /// <param name="ExpectsKey">Whether a key comes next.</param>
    private readonly record struct Collection(Mark Start, char? Bracket, bool IsMapping, bool ExpectsKey);
}
