using System.Reflection;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace PolicyLayer.Sdk.Yaml.Tests;

public sealed class YamlPolicyTests
{
    private const string Ours = """
        # our own form
        version: "1"
        default: deny
        tools:
          pay:
            require:
              - conditions:
                  - { path: args.currency, op: in, value: [usd, "eur"] }
                on_deny: |
                  Only USD
                  and EUR.
            limits: [{ counter: c, window: minute, max: 2 }]
          'list_*': {}
        """;

    private const string Odd = "\"'{}[]:,&*!|>%@`#-?\n\t \0~<y1";

    private const string Old = """
        version: "1"
        tools:
          create_issue:
            rules:
              - name: hourly
                rate_limit: 1/hour
          "*":
            rules:
              - name: all
                conditions:
                  - path: args.n
                    op: lte
                    value: 9007199254740993
        """;

    // The bound is on what was written, not on what is left of it without comments.
    [Fact]
    public void Parse_text_larger_than_a_document_may_be_is_refused()
    {
        string yaml = "version: \"1\"\ndefault: deny\n" + string.Concat(Enumerable.Repeat("# a comment of many\n", 1_700_000));
        PolicyDiagnostic error = Assert.Single(Assert.Throws<PolicyFormatException>(() => YamlPolicyText.Parse(yaml, "policy.yaml")).Diagnostics);
        Assert.Equal(("PL1002", 0), (error.Code, error.Line));
    }

    [Theory]
    [InlineData("pay", """{ "currency": "usd" }""", "allowed")]
    [InlineData("pay", """{ "currency": "gbp" }""", "require_failed")]
    [InlineData("list_x", "{}", "allowed")]
    [InlineData("other", "{}", "default_deny")]
    public async Task Policy_in_yaml_decides_like_the_same_in_json(string tool, string arguments, string reason)
    {
        ToolGuard guard = ToolGuard.Create(ToolPolicy.Parse(YamlPolicyText.Parse(Ours, "policy.yaml")));
        Assert.Equal(reason, (await guard.AuthorizeAsync(new ToolCall(Grant.Default, tool, JsonElement.Parse(arguments)), TestContext.Current.CancellationToken)).ReasonCode);
    }

    [Fact]
    public async Task Older_generation_is_read_and_numbers_stay_exact()
    {
        ToolGuard guard = ToolGuard.Create(ToolPolicy.Parse(YamlPolicyText.Parse(Old, "policy.yaml")));
        async Task<string> Decide(string n) => (await guard.AuthorizeAsync(new ToolCall(Grant.Default, "create_issue", JsonElement.Parse($$"""{ "n": {{n}} }""")), TestContext.Current.CancellationToken)).ReasonCode;
        Assert.Equal("require_failed", await Decide("9007199254740994"));
        Assert.Equal("allowed", await Decide("9007199254740993"));
        Assert.Equal("limit_exceeded", await Decide("1"));
        Assert.Equal("intercept", PolicyMigration.Of(YamlPolicyText.Parse(Old, "policy.yaml")).Generation);
    }

    [Theory]
    [InlineData("version: \"1\"\ndefault: deny\ntols: {}\n", "PL1007", 3, 1)]
    [InlineData("version: \"1\"\ndefault: deny\ntools:\n  a:\n    require:\n      - conditions:\n          - path: args.x\n            op: gte_\n            value: 1\n", "PL1013", 8, 13)]
    [InlineData("version: 1\ndefault: deny\n", "PL1009", 1, 1)]
    [InlineData("version: \"1\"\ndefault: deny\ndefault: allow\n", "PL1006", 3, 1)]
    [InlineData("version: \"1\"\ndefault: deny\nhide: [a, 5]\n", "PL1009", 3, 11)]
    public void Error_of_the_policy_points_into_the_yaml(string yaml, string code, int line, int column)
    {
        PolicyDiagnostic error = Assert.Single(PolicyReview.Of(YamlPolicyText.Parse(yaml, "p.yaml")).Diagnostics);
        Assert.Equal((code, line, column, "p.yaml"), (error.Code, error.Line, error.Column, error.Source));
    }

    /// <summary>Documents and what they are refused for; line 0 where the parser, which is not ours, says where.</summary>
    public static TheoryData<string, string, int, int> Refused => new()
    {
        { "a: &x 1\n", "PL4002", 1, 4 },
        { "a: 1\nb: *x\n", "PL4002", 2, 4 },
        { "a: !!str 1\n", "PL4003", 1, 4 },
        { "a:\n  <<: {}\n", "PL4004", 2, 3 },
        { "a: 1\n---\nb: 2\n", "PL4005", 2, 1 },
        { "1: a\n", "PL4006", 1, 1 },
        { "? [a]\n: b\n", "PL4006", 1, 3 },
        { "true: a\n", "PL4006", 1, 1 },
        { "a: yes\n", "PL4007", 1, 4 },
        { "a: NO\n", "PL4007", 1, 4 },
        { "a: True\n", "PL4007", 1, 4 },
        { "a: 0x1F\n", "PL4007", 1, 4 },
        { "a: 010\n", "PL4007", 1, 4 },
        { "a: 1_000\n", "PL4007", 1, 4 },
        { "a: +5\n", "PL4007", 1, 4 },
        { "a: .inf\n", "PL4007", 1, 4 },
        { "a: 1:30\n", "PL4007", 1, 4 },
        { "a: 190:20:30.15\n", "PL4007", 1, 4 },
        { "a: -1_0:30\n", "PL4007", 1, 4 },
        { "a: 1:30.\n", "PL4007", 1, 4 },
        { "a: [1\n", "PL4001", 0, 0 },
        { "a: b: c\n", "PL4001", 0, 0 },
        { new string('[', 65), "PL4008", 1, 65 },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void Yaml_that_could_mean_another_thing_is_refused(string yaml, string code, int line, int column)
    {
        PolicyDiagnostic error = Assert.Single(Assert.Throws<PolicyFormatException>(() => YamlPolicyText.Parse(yaml, "p.yaml")).Diagnostics);
        Assert.Equal(code, error.Code);
        Assert.True(line == 0 || (error.Line, error.Column) == (line, column), error.ToString());
    }

    [Fact]
    public void Every_code_refuses_a_document()
    {
        IEnumerable<string> codes = typeof(YamlCodes).GetFields(BindingFlags.Public | BindingFlags.Static).Select(static field => (string)field.GetRawConstantValue()!);
        IEnumerable<string> covered = Refused.Select(static row => row.Data.Item2).Distinct();
        Assert.Equal(codes.Order(StringComparer.Ordinal), covered.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Nesting_is_bounded_and_costs_no_stack() =>
        Assert.Equal("PL4008", Assert.Throws<PolicyFormatException>(static () => YamlPolicyText.Parse(new string('[', 100_000), "p.yaml")).Diagnostics[0].Code);

    [Fact]
    public void Mutated_yaml_throws_nothing_but_a_format_error()
    {
        for (int seed = 0; seed < 3000; seed++)
        {
            var random = new Random(seed);
            var text = new StringBuilder(seed % 2 == 0 ? Ours : Old);
            for (int i = random.Next(1, 6); i > 0; i--)
            {
                int at = random.Next(text.Length);
                _ = random.Next(3) switch
                {
                    0 => text.Remove(at, Math.Min(text.Length - at, random.Next(1, 12))),
                    1 => text.Insert(at, Odd[random.Next(Odd.Length)]),
                    _ => text.Insert(at, text.ToString(at, Math.Min(text.Length - at, random.Next(1, 40)))),
                };
            }

            try
            {
                _ = PolicyReview.Of(YamlPolicyText.Parse(text.ToString(), "p.yaml"));
            }
            catch (PolicyFormatException e)
            {
                Assert.NotEmpty(e.Diagnostics);
            }
        }
    }

    [Fact]
    public async Task Host_reads_a_yaml_file_at_start_and_does_not_start_with_errors()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory();
        string file = Path.Combine(folder.FullName, "policy.yaml");
        try
        {
            foreach ((string yaml, bool starts) in new[] { (Ours, true), ("a: yes", false), ("version: \"1\"", false) })
            {
                await File.WriteAllTextAsync(file, yaml, TestContext.Current.CancellationToken);
                HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
                builder.Services.AddToolPolicies(options => options.AddYamlPolicyFile(file));
                using IHost host = builder.Build();
                if (starts)
                {
                    await host.StartAsync(TestContext.Current.CancellationToken);
                }
                else
                {
                    await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(TestContext.Current.CancellationToken));
                }
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
