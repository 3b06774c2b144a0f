using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace PolicyLayer.Sdk.Approvals;

/// <summary>A call as it is put before people: all that they have to see of it.</summary>
internal static class AskedCall
{
    /// <summary>Short enough to be typed; no two of a store's are alike but by a chance nobody lives to see, and then the second is refused.</summary>
    private const int IdBytes = 6;

    /// <summary>People read the arguments, so letters stay letters.</summary>
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The call under a new name; null where it is too large to be read by anybody.</summary>
    public static StoredApproval? Of(in ApprovalRequest request)
    {
        ToolCall call = request.Call;
        string arguments = Text(call.Arguments);
        return arguments.Length > ApprovalBounds.LongestArguments ? null : new StoredApproval
        {
            Id = RandomNumberGenerator.GetHexString(IdBytes * 2, lowercase: true),
            Fingerprint = ApprovalFingerprint.Of(request),
            Tool = call.Tool,
            Arguments = arguments,
            Grant = call.Grant!.Id,
            GrantLabel = call.Grant.Label,
            User = call.User,
            Session = call.Session,
            Server = call.Server,
            PolicyVersion = request.PolicyVersion,
            Rules = request.Rules,
            Reasons = request.Reasons,
            Lifetime = request.Expires,
        };
    }

    private static string Text(in ToolArguments arguments)
    {
        var text = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(text, Readable))
        {
            if (arguments.Members is { } members)
            {
                writer.WriteStartObject();
                foreach ((string name, JsonElement value) in members)
                {
                    writer.WritePropertyName(name);
                    value.WriteTo(writer);
                }

                writer.WriteEndObject();
            }
            else
            {
                arguments.ObjectElement.WriteTo(writer);
            }
        }

        return Encoding.UTF8.GetString(text.WrittenSpan);
    }
}
