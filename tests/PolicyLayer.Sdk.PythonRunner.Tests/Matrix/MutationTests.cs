using PolicyLayer.Sdk.Python.Tests.Support;

namespace PolicyLayer.Sdk.Python.Tests.Matrix;

/// <summary>
/// A layer that can be left out and nobody notices proves nothing. Here each is left out once, together with those that would
/// hide its absence, and a payload gets through that it alone had held.
/// </summary>
public sealed class MutationTests
{
    [Theory]
    [InlineData("seccomp", "native_kernel_release")]
    [InlineData("seccomp", "native_double_mapping")]
    [InlineData("landlock", "native_open_read")]
    [InlineData("landlock", "native_tcp")]
    [InlineData("landlock_worker", "native_kill_supervisor")]
    [InlineData("no_new_privileges", "native_set_user_program")]
    [InlineData("empty_root", "native_open_read")]
    [InlineData("empty_root", "native_unix")]
    [InlineData("mount_namespace", "native_open_read")]
    [InlineData("mount_namespace", "native_mount")]
    [InlineData("pid_namespace", "native_kill")]
    [InlineData("network_namespace", "native_udp")]
    [InlineData("ipc_namespace", "native_shared_memory")]
    [InlineData("uts_namespace", "native_domain_name")]
    [InlineData("cgroup_namespace", "native_cgroup")]
    [InlineData("other_user", "native_open_read")]
    [InlineData("capabilities", "native_open_by_handle")]
    [InlineData("limits", "memory_bytes")]
    [InlineData("limits", "native_fork")]
    [InlineData("deny_write_execute", "native_write_execute")]
    [InlineData("not_dumpable", "native_core_dump")]
    [InlineData("parent_death_signal", "native_outlive_supervisor")]
    [InlineData("closed_descriptors", "native_inherited_descriptor")]
    [InlineData("import_gate", "import_os")]
    [InlineData("import_gate", "import_name_class")]
    [InlineData("audit", "open_read")]
    public async Task Layer_that_is_missing_is_seen_by_a_payload(string layer, string name)
    {
        string python = await MatrixRun.PythonAsync();
        var payload = Payloads.Named(name);
        Assert.SkipWhen(Machine.Lacks(payload, python) is not null, Machine.Lacks(payload, python) ?? "");
        Layer[] holding = [.. payload.Holders(Machine.Minor(python))];
        string[] hiding = [.. holding.Where(other => !other.Switches.Contains(layer)).Select(other => other.Own)];
        Assert.SkipUnless(holding.Any(other => other.IsHere && other.Switches.Contains(layer)), "this kernel, or this user of the host, does not get this layer");

        Cell with = await Cell.SandboxedAsync(payload, python, hiding, hoped: false);
        Cell without = await Cell.SandboxedAsync(payload, python, [.. hiding, layer], hoped: true);

        Assert.False(with.Succeeded, with.Detail);
        Assert.True(without.Succeeded, without.Detail);
    }

    /// <summary>Whoever is not root makes the other namespaces inside one of their own.</summary>
    [Fact]
    public async Task User_namespace_that_is_missing_is_seen_by_a_payload()
    {
        string python = await MatrixRun.PythonAsync();
        Assert.SkipWhen(Environment.IsPrivilegedProcess, "root needs no user namespace; another user's run does this");
        PythonResult report = await Sandbox.RunAsync("pass");
        Assert.SkipUnless(report.Isolation.Layers.Contains("user_namespace"), "this machine gives no user namespace");

        Cell with = await Cell.SandboxedAsync(Payloads.Named("native_udp"), python, ["seccomp"], hoped: false);
        Cell without = await Cell.SandboxedAsync(Payloads.Named("native_udp"), python, ["seccomp", "user_namespace"], hoped: true);

        Assert.False(with.Succeeded, with.Detail);
        Assert.True(without.Succeeded, without.Detail);
    }
}
