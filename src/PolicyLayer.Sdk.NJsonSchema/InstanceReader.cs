using System.Text.Json;
using Newtonsoft.Json.Linq;
using PolicyLayer.Sdk.NJsonSchema.Loading;

namespace PolicyLayer.Sdk.NJsonSchema;

/// <summary>Turns arguments into what NJsonSchema judges, exactly, or says why that cannot be.</summary>
internal sealed class InstanceReader(IReadOnlyDictionary<string, string> names, bool asksMinLength)
{
    /// <summary>What is in the way, once something is.</summary>
    public ArgumentProblem? Problem { get; private set; }

    /// <summary>The value; nothing of use when there is a problem.</summary>
    public JToken Read(JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                var members = new JObject();
                foreach (JsonProperty member in value.EnumerateObject())
                {
                    if (names.TryGetValue(member.Name, out string? declared) && declared != member.Name)
                    {
                        Problem ??= new ArgumentProblem($"a name must be spelt `{declared}`, in upper and lower case too");
                    }

                    members[member.Name] = Read(member.Value);
                }

                return members;
            case JsonValueKind.Array:
                return new JArray(value.EnumerateArray().Select(Read));
            case JsonValueKind.String:
                return new JValue(Text(value.GetString()!));
            case JsonValueKind.Number:
                return Number(value);
            case JsonValueKind.Null:
                return JValue.CreateNull();
            default:
                return new JValue(value.GetBoolean());
        }
    }

    /// <summary>NJsonSchema counts UTF-16 units, so that one character could pass for two.</summary>
    private string Text(string text)
    {
        if (asksMinLength && text.Any(char.IsSurrogate))
        {
            Problem ??= new ArgumentProblem("characters beyond U+FFFF cannot be judged here, so none is allowed");
        }

        return text;
    }

    private JValue Number(JsonElement value)
    {
        if (!ExactNumber.TryRead(value, out decimal exact))
        {
            Problem ??= new ArgumentProblem("numbers must be written without an exponent, in at most 28 digits");
            return new JValue(0);
        }

        if (value.GetRawText().Contains('.', StringComparison.Ordinal))
        {
            return new JValue(exact);
        }

        if (!value.TryGetInt64(out long integer))
        {
            Problem ??= new ArgumentProblem("integers must fit in 64 bits");
        }

        return new JValue(integer);
    }
}
