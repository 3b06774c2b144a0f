using System.Text;
using System.Text.Json;
using PolicyLayer.Cli;

namespace PolicyLayer.EndToEnd.Tests.Ways.Adapters;

/// <summary><c>policylayer eval</c>, which replays all of a case's calls at once.</summary>
internal static class EvalWay
{
    /// <param name="of">The case.</param>
    /// <param name="isRaw">Whether the arguments are given as a text, and not as JSON within the line.</param>
    public static async Task<Answer?[]> AskAsync(WayCase of, bool isRaw)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("policylayer-ways-");
        try
        {
            var args = new List<string> { "eval", "--calls", "-", "--format", "json", "--tools", Path.Combine(folder.FullName, "tools.json") };
            await File.WriteAllTextAsync(args[^1], of.Listing);
            for (int i = 0; i < of.Policies.Count; i++)
            {
                args.AddRange("--policy", Path.Combine(folder.FullName, Guards.NameOf(i) + ".json"));
                await File.WriteAllTextAsync(args[^1], of.Policies[i]);
            }

            string?[] lines = [.. of.Calls.Select(call => Line(call, isRaw))];
            using var input = new MemoryStream(Encoding.UTF8.GetBytes(string.Join('\n', lines.Where(static line => line is not null))));
            using var output = new StringWriter();
            using var error = new StringWriter();
            int code = await CommandLine.RunAsync([.. args], new CommandStreams(input, output, error, IsPlain: true), TestContext.Current.CancellationToken);
            Assert.True(code == 0, $"eval: {error}\n{of}");
            var decided = new Queue<string>(output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries));
            return [.. lines.Select(line => line is null ? null : new Answer(Canonical.Of(JsonElement.Parse(decided.Dequeue())), null, null, null))];
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>A line; null where the reader of lines refuses all of it.</summary>
    private static string? Line(WayCall call, bool isRaw)
    {
        string outcome = call.Tool == WayCase.Failing ? "error" : "ok";
        string arguments = call switch
        {
            { Arguments: null } or { IsOdd: true, Arguments: "null" } => string.Empty,
            _ when isRaw => $",\"raw_arguments\":{JsonSerializer.Serialize(call.Arguments)}",
            _ => $",\"arguments\":{call.Arguments}",
        };
        return call.IsOdd && !isRaw ? null : $$"""{"tool":{{call.ToolText}}{{arguments}},"outcome":"{{outcome}}"}""";
    }
}
