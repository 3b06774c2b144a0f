using System.Runtime.InteropServices;
using System.Text;

namespace PolicyLayer.Sdk.Python.Tests.Matrix;

/// <summary>Secrets that live in the test's own process or in the kernel.</summary>
internal static class Plants
{
    /// <summary>In the environment of this process: what .NET gives to processes it starts.</summary>
    public static string InEnvironment { get; } = "environment-" + Guid.NewGuid().ToString("N");

    /// <summary>Behind a descriptor that every process started from here inherits, as those of native libraries are.</summary>
    public static string BehindDescriptor { get; } = "descriptor-" + Guid.NewGuid().ToString("N");

    private static readonly Lazy<int> Inherited = new(MakeDescriptor);
    private static readonly Lazy<(nint Address, string Token)> Remembered = new(Remember);

    public static void FillEnvironment() => Environment.SetEnvironmentVariable("MATRIX_TOKEN", InEnvironment);

    public static int Descriptor => Inherited.Value;

    /// <summary>In the memory of this process.</summary>
    public static (nint Address, string Token) InMemory => Remembered.Value;

    /// <summary>System V shared memory that everybody may read.</summary>
    public static int SharedMemory(string token)
    {
        int id = Native.Must(Native.SharedMemory(0, 4096, Native.CreateNew | 0b110_110_110));
        nint address = Native.Must(Native.Attach(id, 0, 0));
        Marshal.Copy(Encoding.ASCII.GetBytes(token), 0, address, token.Length);
        Native.Must(Native.Detach(address));
        return id;
    }

    /// <summary>A System V message queue that everybody may read, with one message.</summary>
    public static int Queue(string token)
    {
        int id = Native.Must(Native.Queue(0, Native.CreateNew | 0b110_110_110));
        byte[] message = [1, 0, 0, 0, 0, 0, 0, 0, .. Encoding.ASCII.GetBytes(token)];
        Native.Must(Native.Send(id, message, token.Length, 0));
        return id;
    }

    private static int MakeDescriptor()
    {
        string path = Path.GetTempFileName();
        File.WriteAllText(path, BehindDescriptor);
        int descriptor = Native.Must(Native.Open(path, 0));
        File.Delete(path);
        return descriptor;
    }

    private static (nint Address, string Token) Remember()
    {
        string token = "memory-" + Guid.NewGuid().ToString("N");
        return (Marshal.StringToHGlobalAnsi(token), token);
    }
}
