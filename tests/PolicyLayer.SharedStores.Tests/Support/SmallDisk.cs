using System.Diagnostics;

namespace PolicyLayer.SharedStores.Tests.Support;

/// <summary>A disk of a few hundred kilobytes, in memory.</summary>
internal sealed class SmallDisk : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public SmallDisk() => Assert.SkipUnless(Run("mount", "-t", "tmpfs", "-o", "size=512k", "policylayer-test", _folder.Path), "only root may mount a small disk");

    public string File(string name) => _folder.File(name);

    public void MakeReadOnly() => Assert.True(Run("mount", "-o", "remount,ro", _folder.Path));

    public void MakeWritable() => Assert.True(Run("mount", "-o", "remount,rw", _folder.Path));

    /// <summary>Fills what is left.</summary>
    /// <returns>The file that fills it.</returns>
    public string Fill()
    {
        string filler = File("filler");
        byte[] block = new byte[4096];
        using FileStream stream = new(filler, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        try
        {
            while (true)
            {
                stream.Write(block);
            }
        }
        catch (IOException)
        {
            return filler;
        }
    }

    public void Dispose()
    {
        Run("umount", _folder.Path);
        _folder.Dispose();
    }

    private static bool Run(string command, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(command, arguments) { RedirectStandardError = true, UseShellExecute = false })!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
