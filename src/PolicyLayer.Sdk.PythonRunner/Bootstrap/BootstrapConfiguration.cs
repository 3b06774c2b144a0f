using System.Globalization;
using System.Text;
using PolicyLayer.Sdk.Python.Execution;
using PolicyLayer.Sdk.Python.Interpreters;
using PolicyLayer.Sdk.Python.Seccomp;

namespace PolicyLayer.Sdk.Python.Bootstrap;

/// <summary>Writes what a20_configuration.py reads.</summary>
internal static class BootstrapConfiguration
{
    private const int StackBytes = 8 * 1024 * 1024;

    private static readonly string[] Called =
    [
        "prctl", "seccomp", "landlock_create_ruleset", "landlock_restrict_self", "capset", "close_range", "pidfd_open",
        "pidfd_send_signal", "openat", "socket", "clone", "write", "unshare", "mount", "umount2", "pivot_root", "mmap",
    ];

    public static byte[] Write(RunnerSettings settings, Interpreter interpreter, Preparation preparation)
    {
        var text = new StringBuilder();
        Add("cpu_seconds", Math.Ceiling(preparation.MaxTimeout.TotalSeconds + 1).ToString(CultureInfo.InvariantCulture));
        Add("memory", settings.MemoryBytes.ToString(CultureInfo.InvariantCulture));
        Add("stack", StackBytes.ToString(CultureInfo.InvariantCulture));
        Add("stdout", settings.MaxStdoutBytes.ToString(CultureInfo.InvariantCulture));
        Add("stderr", settings.MaxStderrBytes.ToString(CultureInfo.InvariantCulture));
        Add("required", string.Join(',', IsolationLayers.Required(settings.MinimumIsolation)));
        Add("disabled", string.Join(',', settings.DisabledLayers));
        Add("allowed", string.Join(',', settings.AllowedModules));
        Add("preload", string.Join(',', preparation.Preload));
        Add("codecs", preparation.Codecs ? "1" : "0");
        Add("pooled", preparation.IsPooled ? "1" : "0");
        Add("numbers", string.Join(',', Called.Select(name => $"{name}:{interpreter.SystemCalls.Find(name)}")));
        Add("worker_filter", interpreter.WorkerFilter);
        Add("supervisor_filter", interpreter.SupervisorFilter);
        return Encoding.UTF8.GetBytes(text.ToString());

        void Add(string key, string value) => text.Append(key).Append('=').Append(value).Append('\n');
    }

    /// <summary>A filter as the configuration carries it.</summary>
    public static string Filter(IReadOnlyList<SystemCallRule> rules, SystemCallTable table) =>
        Convert.ToHexStringLower(BpfAssembler.Encode(FilterCompiler.Compile(rules, table)));
}
