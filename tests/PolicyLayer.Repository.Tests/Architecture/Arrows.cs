using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace PolicyLayer.Repository.Tests.Architecture;

/// <summary>Which assembly may know which: no arrow runs up, and adapters never know each other.</summary>
internal static class Arrows
{
    private const string Ours = "PolicyLayer.";

    /// <summary>The folder of the shared framework: what is in it needs no package.</summary>
    private static readonly string Platform = Path.GetDirectoryName(typeof(object).Assembly.Location)!;

    /// <summary>What of ASP.NET Core's shared framework an adapter for it needs.</summary>
    private static readonly string[] AspNetCore =
    [
        "Microsoft.AspNetCore.Http.Abstractions", "Microsoft.AspNetCore.Http.Features", "Microsoft.AspNetCore.Routing", "Microsoft.AspNetCore.Routing.Abstractions",
        "Microsoft.Extensions.Features", "Microsoft.Extensions.Primitives", "Microsoft.Net.Http.Headers",
    ];

    /// <summary>For each package what it may refer to beside the platform. A package that is not here may not exist.</summary>
    private static readonly Dictionary<string, string[]> Allowed = new(StringComparer.Ordinal)
    {
        ["PolicyLayer.JsonSchema"] = [],
        ["PolicyLayer.Sdk"] =
        [
            "PolicyLayer.JsonSchema",
            "Microsoft.Extensions.DependencyInjection.Abstractions", "Microsoft.Extensions.Logging.Abstractions", "Microsoft.Extensions.Options", "System.Threading.RateLimiting",
        ],
        ["PolicyLayer.Sdk.Mcp"] =
        [
            "PolicyLayer.Sdk", "ModelContextProtocol", "ModelContextProtocol.Core", "Microsoft.Extensions.AI.Abstractions",
            "Microsoft.Extensions.DependencyInjection.Abstractions", "Microsoft.Extensions.Hosting.Abstractions", "Microsoft.Extensions.Logging.Abstractions", "Microsoft.Extensions.Options",
        ],
        ["PolicyLayer.Sdk.Proxy"] =
        [
            "PolicyLayer.Sdk", "PolicyLayer.Sdk.Mcp", "ModelContextProtocol.Core",
            .. AspNetCore, "Microsoft.AspNetCore.Authorization.Policy", "Microsoft.Extensions.DependencyInjection.Abstractions", "Microsoft.Extensions.Hosting.Abstractions", "Microsoft.Extensions.Logging.Abstractions",
        ],
        ["PolicyLayer.Sdk.AI"] = ["PolicyLayer.Sdk", "Microsoft.Extensions.AI.Abstractions"],
        ["PolicyLayer.Sdk.Yaml"] = ["PolicyLayer.Sdk", "YamlDotNet"],
        ["PolicyLayer.Sdk.NJsonSchema"] = ["PolicyLayer.JsonSchema", "PolicyLayer.Sdk", "Newtonsoft.Json", "NJsonSchema", "NJsonSchema.Annotations", "Namotion.Reflection"],
        ["PolicyLayer.Cli"] =
        [
            "PolicyLayer.Sdk", "PolicyLayer.Sdk.Mcp", "PolicyLayer.Sdk.Postgres", "PolicyLayer.Sdk.Proxy", "PolicyLayer.Sdk.PythonRunner", "PolicyLayer.Sdk.Redis", "PolicyLayer.Sdk.Sqlite", "PolicyLayer.Sdk.Testing", "PolicyLayer.Sdk.Yaml",
            .. AspNetCore, "Microsoft.AspNetCore", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Hosting.Abstractions", "Microsoft.AspNetCore.Hosting.Server.Abstractions",
            "Microsoft.AspNetCore.Server.Kestrel", "Microsoft.AspNetCore.Server.Kestrel.Core", "Microsoft.Extensions.Hosting.Abstractions",
            "Microsoft.Extensions.DependencyInjection", "Microsoft.Extensions.DependencyInjection.Abstractions", "Microsoft.Extensions.Logging.Abstractions", "Microsoft.Extensions.Options",
            "Spectre.Console", "Spectre.Console.Ansi", "System.CommandLine",
        ],
        ["PolicyLayer.Sdk.Sqlite"] = ["PolicyLayer.Sdk", "Microsoft.Data.Sqlite", "SQLitePCLRaw.core", "Microsoft.Extensions.DependencyInjection.Abstractions", "Microsoft.Extensions.Options"],
        ["PolicyLayer.Sdk.Postgres"] = ["PolicyLayer.Sdk", "Npgsql", "Microsoft.Extensions.DependencyInjection.Abstractions"],
        ["PolicyLayer.Sdk.Redis"] = ["PolicyLayer.Sdk", "StackExchange.Redis", "Microsoft.Extensions.DependencyInjection.Abstractions"],
        ["PolicyLayer.Sdk.Testing"] = ["PolicyLayer.Sdk"],
        ["PolicyLayer.Sdk.PythonRunner"] =
        [
            "Microsoft.Extensions.AI.Abstractions", "Microsoft.Extensions.DependencyInjection.Abstractions", "Microsoft.Extensions.Options",
        ],
    };

    /// <summary>What an assembly on disk refers to, the platform left out.</summary>
    public static string[] Of(string assembly)
    {
        using FileStream stream = File.OpenRead(assembly);
        using var file = new PEReader(stream);
        MetadataReader metadata = file.GetMetadataReader();
        return
        [
            .. metadata.AssemblyReferences
                .Select(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name))
                .Where(static name => !File.Exists(Path.Combine(Platform, name + ".dll")))
                .Order(StringComparer.Ordinal),
        ];
    }

    /// <summary>What is wrong with a set of packages and their references.</summary>
    public static IReadOnlyList<string> Violations(IReadOnlyDictionary<string, string[]> references)
    {
        var violations = new List<string>();
        foreach ((string package, string[] targets) in references)
        {
            if (!Allowed.TryGetValue(package, out string[]? allowed))
            {
                violations.Add($"{package} has no rule: say in {nameof(Arrows)} what it may refer to");
                continue;
            }

            violations.AddRange(targets.Except(allowed).Select(target => $"{package} must not refer to {target}"));
            if (IsReached(package, package, references, []))
            {
                violations.Add($"{package} refers to itself in a circle");
            }
        }

        violations.AddRange(Allowed.Keys.Except(references.Keys).Select(static package => $"{package} is gone: take its rule away"));
        return violations;
    }

    private static bool IsReached(string wanted, string from, IReadOnlyDictionary<string, string[]> references, HashSet<string> seen) =>
        references.TryGetValue(from, out string[]? targets)
        && targets.Where(static target => target.StartsWith(Ours, StringComparison.Ordinal)).Any(target => target == wanted || (seen.Add(target) && IsReached(wanted, target, references, seen)));
}
