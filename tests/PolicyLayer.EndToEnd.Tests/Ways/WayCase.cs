using System.Text;
using System.Text.Json;

namespace PolicyLayer.EndToEnd.Tests.Ways;

/// <summary>Policies, the tools of a server, and calls one behind the other.</summary>
/// <param name="Seed">What it was made of.</param>
/// <param name="Policies">The policies' JSON; every one must allow.</param>
/// <param name="Tools">The tools, as a <c>tools/list</c> has them.</param>
/// <param name="Calls">The calls.</param>
internal sealed record WayCase(int Seed, IReadOnlyList<string> Policies, IReadOnlyList<JsonElement> Tools, IReadOnlyList<WayCall> Calls)
{
    /// <summary>The tool whose runs fail.</summary>
    public const string Failing = "fail";

    /// <summary>The result of a <c>tools/list</c>.</summary>
    public string Listing => $$"""{"tools":[{{string.Join(',', Tools.Select(static tool => tool.GetRawText()))}}]}""";

    public JsonElement? Find(string tool) => Tools.Where(one => NameOf(one) == tool).Select(static one => (JsonElement?)one).SingleOrDefault();

    public static string NameOf(JsonElement tool) => tool.GetProperty("name").GetString()!;

    /// <summary>All of it, for whoever looks into a failure.</summary>
    public override string ToString()
    {
        var text = new StringBuilder($"seed {Seed}\n");
        Policies.ToList().ForEach(policy => text.Append("policy ").Append(policy).Append('\n'));
        text.Append("tools  ").Append(Listing).Append('\n');
        for (int i = 0; i < Calls.Count; i++)
        {
            text.Append("call ").Append(i).Append(' ').Append(Calls[i]).Append('\n');
        }

        return text.ToString();
    }
}
