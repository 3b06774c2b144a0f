using System.Text.Json;
using Microsoft.Extensions.AI;
using PolicyLayer.Sdk.Python.Tests.Support;

namespace PolicyLayer.Sdk.Python.Tests.Tool;

public sealed class PythonToolTests
{
    [Fact]
    public void Name_description_and_schema_are_the_published_ones()
    {
        AIFunction tool = PythonTool.Create(new PythonRunner());

        Assert.Equal("run_python_code", tool.Name);
        Assert.Equal(
            "Execute Python code in a sandboxed subprocess. Returns stdout, stderr, returncode. Imports, file I/O, network access, and OS commands are blocked.",
            tool.Description);
        using JsonDocument expected = JsonDocument.Parse("""
            {
              "type": "object",
              "properties": {
                "code": { "type": "string", "description": "The Python program to run.", "maxLength": 5000 },
                "timeout": { "type": "integer", "description": "Seconds the program may take.", "minimum": 1, "maximum": 15, "default": 10 }
              },
              "required": ["code"],
              "additionalProperties": false
            }
            """);
        Assert.True(JsonElement.DeepEquals(expected.RootElement, tool.JsonSchema));
    }

    [Fact]
    public void Bounds_are_the_hosts_to_choose()
    {
        var runner = new PythonRunner(new PythonRunnerOptions { MaxTimeout = TimeSpan.FromSeconds(60) });

        AIFunction tool = PythonTool.Create(runner, new PythonToolOptions { MaxCodeLength = 10, MaxTimeoutSeconds = 60, DefaultTimeoutSeconds = 30 });

        JsonElement properties = tool.JsonSchema.GetProperty("properties");
        Assert.Equal(10, properties.GetProperty("code").GetProperty("maxLength").GetInt32());
        Assert.Equal(60, properties.GetProperty("timeout").GetProperty("maximum").GetInt32());
        Assert.Equal(30, properties.GetProperty("timeout").GetProperty("default").GetInt32());
    }

    [Theory]
    [InlineData(0, 1, 15, 10)]
    [InlineData(1, 0, 15, 10)]
    [InlineData(1, 5, 4, 4)]
    [InlineData(1, 1, 16, 10)]
    [InlineData(1, 5, 10, 4)]
    [InlineData(1, 1, 10, 11)]
    public void Bounds_that_contradict_are_refused_at_once(int length, int least, int most, int usual) =>
        Assert.Throws<ArgumentException>(() => PythonTool.Create(
            new PythonRunner(),
            new PythonToolOptions { MaxCodeLength = length, MinTimeoutSeconds = least, MaxTimeoutSeconds = most, DefaultTimeoutSeconds = usual }));

    [Fact]
    public async Task Result_is_the_JSON_object_of_the_contract()
    {
        JsonElement result = await InvokeAsync("""{"code": "print(\"hi\")", "timeout": 5}""");

        Assert.Equal(
            ["stdout", "stderr", "returncode", "execution_time_ms", "outcome", "stdout_truncated", "stderr_truncated", "isolation"],
            result.EnumerateObject().Select(member => member.Name));
        Assert.Equal(("hi\n", 0, "exited"), (Text(result, "stdout"), result.GetProperty("returncode").GetInt32(), Text(result, "outcome")));
        Assert.Contains(Text(result.GetProperty("isolation"), "level"), (string[])["kernel", "full"]);
        Assert.Equal(JsonValueKind.Array, result.GetProperty("isolation").GetProperty("missing").ValueKind);
    }

    [Theory]
    [InlineData("{}", "missing")]
    [InlineData("""{"code": 1}""", "must be a string")]
    [InlineData("""{"code": null}""", "must be a string")]
    [InlineData("""{"code": "\ud800"}""", "must be a string")]
    [InlineData("""{"code": "1", "timeout": 0}""", "from 1 to 15")]
    [InlineData("""{"code": "1", "timeout": 16}""", "from 1 to 15")]
    [InlineData("""{"code": "1", "timeout": -1}""", "from 1 to 15")]
    [InlineData("""{"code": "1", "timeout": 1.5}""", "from 1 to 15")]
    [InlineData("""{"code": "1", "timeout": "5"}""", "from 1 to 15")]
    [InlineData("""{"code": "1", "timeout": null}""", "from 1 to 15")]
    [InlineData("""{"code": "1", "timeout": 1e400}""", "from 1 to 15")]
    [InlineData("""{"code": "1", "cwd": "/"}""", "`cwd` is not an argument")]
    [InlineData("""{"code": "1", "Code": "2"}""", "`Code` is not an argument")]
    public async Task Argument_out_of_bounds_is_refused_with_a_sentence(string arguments, string because)
    {
        JsonElement result = await InvokeAsync(arguments);

        Assert.Equal("refused", Text(result, "outcome"));
        Assert.Contains(because, Text(result, "error"), StringComparison.Ordinal);
        Assert.Equal(-1, result.GetProperty("returncode").GetInt32());
    }

    [Fact]
    public async Task Length_is_counted_in_characters()
    {
        string snakes = "'" + string.Concat(Enumerable.Repeat("🐍", 4998)) + "'";

        Assert.Equal("exited", Text(await InvokeAsync(JsonSerializer.Serialize(new { code = snakes })), "outcome"));
        Assert.Equal("refused", Text(await InvokeAsync(JsonSerializer.Serialize(new { code = snakes + "#" })), "outcome"));
    }

    [Fact]
    public async Task Whole_number_may_be_written_with_a_point() =>
        Assert.Equal("exited", Text(await InvokeAsync("""{"code": "1", "timeout": 5.0}"""), "outcome"));

    [Fact]
    public async Task Time_out_of_the_call_is_the_programs() =>
        Assert.Equal("timeout", Text(await InvokeAsync("""{"code": "while True: pass", "timeout": 1}"""), "outcome"));

    [Fact]
    public async Task Cancellation_passes_through()
    {
        AIFunction tool = PythonTool.Create(Sandbox.Runner());
        using var cancellation = new CancellationTokenSource();

        Task<object?> call = tool.InvokeAsync(new AIFunctionArguments { ["code"] = "while True: pass" }, cancellation.Token).AsTask();
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
    }

    private static async Task<JsonElement> InvokeAsync(string arguments)
    {
        AIFunction tool = PythonTool.Create(Sandbox.Runner());
        using JsonDocument document = JsonDocument.Parse(arguments);
        var read = new AIFunctionArguments(document.RootElement.EnumerateObject().ToDictionary(p => p.Name, p => (object?)p.Value));
        return Assert.IsType<JsonElement>(await tool.InvokeAsync(read, TestContext.Current.CancellationToken));
    }

    private static string Text(JsonElement json, string name) => json.GetProperty(name).GetString()!;
}
