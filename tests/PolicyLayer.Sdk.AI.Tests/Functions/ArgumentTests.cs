using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;

namespace PolicyLayer.Sdk.AI.Tests.Functions;

/// <summary>What a function is bound to is what was judged.</summary>
public sealed class ArgumentTests
{
    private const string Policy = """
        { "version": "1", "default": "deny", "tools": {
            "read": { "deny_if": [{ "name": "etc", "conditions": [{ "path": "args.file.path", "op": "starts_with", "value": "/etc" }] }] },
            "add": { "require": [{ "name": "few", "conditions": [{ "path": "args.count", "op": "lte", "value": 5 }] }] },
            "look": {} } }
        """;

    private readonly List<string?> _ran = [];

    public static TheoryData<string, object> SameInManyForms()
    {
        const string Json = """{ "path": "/etc/passwd" }""";
        return new TheoryData<string, object>
        {
            { "element", JsonElement.Parse(Json) },
            { "document", JsonDocument.Parse(Json) },
            { "node", JsonNode.Parse(Json)! },
            { "object", new FileName("/etc/passwd") },
            { "dictionary", new Dictionary<string, object?> { ["path"] = "/etc/passwd" } },
        };
    }

    [Theory]
    [MemberData(nameof(SameInManyForms), DisableDiscoveryEnumeration = true)]
    public async Task Arguments_of_every_form_are_judged(string form, object file)
    {
        Assert.NotEmpty(form);
        Assert.Equal("deny_if", Agent.Reason(await Read().CallAsync(("file", file))));
        Assert.Empty(_ran);
    }

    [Theory]
    [InlineData("""{ "PATH": "/etc/passwd" }""", "invalid_arguments")]
    [InlineData("""{ "path": "/tmp/a", "path": "/etc/passwd" }""", "malformed_call")]
    [InlineData("""{ "path": "/tmp/a", "Path": "/etc/passwd" }""", "invalid_arguments")]
    [InlineData("""[{ "path": "/etc/passwd" }]""", "invalid_arguments")]
    public async Task What_the_binder_would_read_differently_is_denied(string file, string reason)
    {
        Assert.Equal(reason, Agent.Reason(await Read().CallAsync(("file", JsonElement.Parse(file)))));
        Assert.Empty(_ran);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Text_that_holds_json_is_a_text(bool enforce)
    {
        // Alone, the binder reads the text as an object where the parameter is one.
        AIFunction bare = AIFunctionFactory.Create((FileName file) => file.Path, "read");
        Assert.Equal("/etc/passwd", (await bare.CallAsync(("file", """{ "path": "/etc/passwd" }""")))?.ToString());

        AIFunction read = Read(options => options.EnforceToolSchemas = enforce);
        Task<object?> call = read.CallAsync(("file", """{ "path": "/etc/passwd" }"""));
        string ended = await Record.ExceptionAsync(() => call) is { } e ? e.GetType().Name : Agent.Reason(await call);
        Assert.Equal(enforce ? "invalid_arguments" : nameof(JsonException), ended);
        Assert.Empty(_ran);
    }

    [Theory]
    [InlineData("\"7\"", "invalid_arguments")]
    [InlineData("7", "require_failed")]
    [InlineData("null", "invalid_arguments")]
    [InlineData("5", "allowed")]
    public async Task Numbers_are_numbers(string count, string reason)
    {
        (ToolGuard guard, _) = Agent.Guard(Policy);
        AIFunction add = AIFunctionFactory.Create((int count) => _ran.Add(count.ToString("D", null)), "add").WithToolPolicy(guard);
        Assert.Equal(reason, Agent.Reason(await add.CallAsync(("count", JsonElement.Parse(count)))));
        Assert.Equal(reason == "allowed" ? ["5"] : [], _ran);
    }

    [Fact]
    public async Task Missing_and_undeclared_arguments_are_denied_by_the_functions_own_schema()
    {
        (ToolGuard guard, _) = Agent.Guard(Policy);
        AIFunction add = AIFunctionFactory.Create((int count) => count, "add");
        Assert.Equal("invalid_arguments", Agent.Reason(await add.WithToolPolicy(guard).CallAsync()));
        Assert.Equal("invalid_arguments", Agent.Reason(await add.WithToolPolicy(guard).CallAsync(("count", 1), ("more", 1))));
        Assert.Equal("allowed", Agent.Reason(await add.WithToolPolicy(guard, static options => options.StrictToolSchemas = false).CallAsync(("count", 1), ("more", 1))));
        Assert.Equal("require_failed", Agent.Reason(await add.WithToolPolicy(guard, static options => options.EnforceToolSchemas = false).CallAsync(("count", 9))));
    }

    [Fact]
    public async Task Dictionary_that_ignores_case_does_not_bind_in_another_case()
    {
        (ToolGuard guard, _) = Agent.Guard(Policy);
        AIFunction add = AIFunctionFactory.Create((int count = 1) => _ran.Add(count.ToString("D", null)), "add")
            .WithToolPolicy(guard, static options => (options.EnforceToolSchemas, options.GrantResolver) = (false, null));
        var arguments = new AIFunctionArguments(new Dictionary<string, object?> { ["COUNT"] = 9 }, StringComparer.OrdinalIgnoreCase);
        Assert.Equal("require_failed", Agent.Reason(await add.InvokeAsync(arguments, TestContext.Current.CancellationToken)));
        Assert.Empty(_ran);
    }

    [Fact]
    public async Task Dictionary_that_changes_while_it_is_judged_changes_nothing()
    {
        AIFunctionArguments arguments = Agent.Arguments(("file", JsonElement.Parse("""{ "path": "/tmp/a" }""")));
        AIFunction read = Read(options => options.GrantResolver = new Meddler(() => arguments["file"] = JsonElement.Parse("""{ "path": "/etc/passwd" }""")));
        await read.InvokeAsync(arguments, TestContext.Current.CancellationToken);
        Assert.Equal(["/tmp/a"], _ran);
    }

    [Fact]
    public async Task Node_that_changes_while_it_is_judged_changes_nothing()
    {
        var file = new JsonObject { ["path"] = "/tmp/a" };
        AIFunction read = Read(options => options.GrantResolver = new Meddler(() => file["path"] = "/etc/passwd"));
        await read.CallAsync(("file", file));
        Assert.Equal(["/tmp/a"], _ran);
    }

    [Fact]
    public async Task What_is_no_json_is_malformed()
    {
        var cycle = new List<object>();
        cycle.Add(cycle);
        using (var disposed = JsonDocument.Parse("{}"))
        {
            disposed.Dispose();
            foreach (object value in new object[] { double.NaN, cycle, default(JsonElement), new MemoryStream(), disposed, new Action(static () => { }), new object[70].Aggregate((object)1, static (inner, _) => new[] { inner }) })
            {
                Assert.Equal("malformed_call", Agent.Reason(await Read().CallAsync(("file", value))));
            }
        }

        Assert.Empty(_ran);
    }

    [Fact]
    public async Task What_the_host_puts_beside_the_arguments_reaches_the_function()
    {
        (ToolGuard guard, _) = Agent.Guard(Policy);
        var services = new Services();
        AIFunctionArguments? seen = null;
        AIFunction look = AIFunctionFactory.Create((AIFunctionArguments all, IServiceProvider provider) => seen = all, "look").WithToolPolicy(guard);
        var arguments = new AIFunctionArguments { Services = services, Context = new Dictionary<object, object?> { ["key"] = "value" } };
        await look.InvokeAsync(arguments, TestContext.Current.CancellationToken);
        Assert.Same(services, seen!.Services);
        Assert.Equal("value", seen.Context!["key"]);
        Assert.NotSame(arguments, seen);
    }

    [Theory]
    [InlineData(true, "/tmp/a", "invalid_arguments")]
    [InlineData(false, "/tmp/a", "invalid_arguments")]
    [InlineData(true, "/srv/a", "allowed")]
    [InlineData(false, "/srv/a", "allowed")]
    public async Task Hosts_validator_is_asked_whatever_else_is(bool enforce, string path, string reason)
    {
        AIFunction read = Read(options =>
        {
            options.EnforceToolSchemas = enforce;
            options.ArgumentValidators["read"] = new BelowSrv();
        });
        Assert.Equal(reason, Agent.Reason(await read.CallAsync(("file", new FileName(path)))));
        Assert.Equal(reason == "allowed" ? [path] : [], _ran);
    }

    private AIFunction Read(Action<ToolPolicyAIOptions>? configure = null) => AIFunctionFactory.Create(
        (FileName file) => _ran.Add(file.Path), "read").WithToolPolicy(Agent.Guard(Policy).Guard, configure);

    private sealed class BelowSrv : IArgumentValidator
    {
        public ArgumentProblem? Validate(JsonElement arguments) =>
            arguments.GetProperty("file").GetProperty("path").GetString()!.StartsWith("/srv/", StringComparison.Ordinal) ? null : new ArgumentProblem("`file.path` must lie below /srv");
    }

    public sealed record FileName(string? Path = null);

    private sealed class Services : IServiceProvider
    {
        public object? GetService(Type serviceType) => null;
    }

    private sealed class Meddler(Action meddle) : IGrantResolver
    {
        public ValueTask<Grant?> ResolveAsync(GrantRequest request, CancellationToken cancellationToken)
        {
            meddle();
            return new(Grant.Default);
        }
    }
}
