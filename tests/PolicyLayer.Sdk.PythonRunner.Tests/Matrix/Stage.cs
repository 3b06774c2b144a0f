using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;
using PolicyLayer.Sdk.Python.Tests.Support;

namespace PolicyLayer.Sdk.Python.Tests.Matrix;

/// <summary>What one payload finds in the world, made for its run alone, and the look at it afterwards.</summary>
/// <remarks>Only what the payload's text names is made: listeners, victims and shared memory cost time.</remarks>
internal sealed partial class Stage : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Sockets _sockets = new();
    private readonly string _token = "token_" + Guid.NewGuid().ToString("N");
    private readonly List<string> _tokens = [];
    private readonly List<Action> _cleaning = [];
    private readonly StringBuilder _names = new();
    private string _before = "";
    private Victim? _victim;

    public Stage(Payload payload)
    {
        _tokens.Add(_token);
        Directory.CreateDirectory(_folder["open"]);
        TemporaryFolder.SetMode(_folder["open"], 0b111_111_111);
        Code = Payloads.Text(payload);
        foreach (string name in Name().Matches(Code).Select(match => match.Value).Distinct())
        {
            Plant(name);
        }

        Code = $"{_names}{Code}";
    }

    /// <summary>The payload, with the names of what was planted before it.</summary>
    public string Code { get; }

    public TemporaryFolder Folder => _folder;

    public bool IsChanged => Fingerprint() != _before;

    public bool IsReached => _sockets.Reached;

    public bool IsVictimChanged => _victim!.IsChanged;

    /// <summary>Remembers how everything looks before the run.</summary>
    public void Open() => _before = Fingerprint();

    public bool IsRead(string output) => _tokens.Any(token => output.Contains(token, StringComparison.Ordinal));

    /// <summary>An interpreter that starts the real one inside something of the test's own.</summary>
    public string Enclose(string enclosure, string python)
    {
        // It looks for its library beside its own name, which is the script's, unless this says where it really is.
        File.WriteAllText(_folder["pyvenv.cfg"], $"home = {Path.GetDirectoryName(python)}\n");
        if (enclosure == "cgroup")
        {
            string group = Path.Combine(Enclosure.ControlGroups!, _token);
            Directory.CreateDirectory(group);
            _cleaning.Add(() => DeleteOnceEmpty(group));
            return _folder.Script("python3", Enclosure.InControlGroup(python, group));
        }

        return _folder.Script("python3", Enclosure.WithOwnName(python, _folder["changed"]));
    }

    public void Dispose()
    {
        _victim?.Dispose();
        while (Native.Unmount(_folder["open"], 2) == 0)
        {
            // a payload mounted something
        }

        _sockets.Dispose();
        _cleaning.ForEach(clean => clean());
        _folder.Dispose();
    }

    /// <summary>The last process of a run ends a moment after its result is there.</summary>
    private static void DeleteOnceEmpty(string group)
    {
        for (int look = 0; ; look++)
        {
            try
            {
                Directory.Delete(group);
                return;
            }
            catch (IOException) when (look < 1000)
            {
                Thread.Sleep(5);
            }
        }
    }

    private void Plant(string name)
    {
        switch (name)
        {
            case "SECRET":
                Give(name, Secret());
                break;
            case "LISTED":
                Directory.CreateDirectory(_folder["listed"]);
                File.WriteAllText(Path.Combine(_folder["listed"], _token), "");
                Give(name, _folder["listed"]);
                break;
            case "LINK":
                File.CreateSymbolicLink(_folder["link"], "/nowhere/" + _token);
                Give(name, _folder["link"]);
                break;
            case "OPEN":
                Give(name, _folder["open"]);
                break;
            case "OWN":
                File.WriteAllText(_folder["open/own"], "as it was");
                TemporaryFolder.SetMode(_folder["open/own"], 0b110_110_110);
                Give(name, _folder["open/own"]);
                break;
            case "VICTIM":
                string digits = Random.Shared.NextInt64(100_000_000_000, 999_999_999_999).ToString(CultureInfo.InvariantCulture);
                _tokens.Add(digits);
                _victim = new Victim(_token, digits);
                Give(name, _victim.Id);
                break;
            default:
                PlantElsewhere(name);
                break;
        }
    }

    private void PlantElsewhere(string name)
    {
        switch (name)
        {
            case "TCP":
                Give(name, _sockets.Tcp());
                break;
            case "TCP6":
                Give(name, _sockets.Tcp6());
                break;
            case "UDP":
                Give(name, _sockets.Udp());
                break;
            case "STREAM":
                _sockets.Stream(_folder["stream"]);
                TemporaryFolder.SetMode(_folder["stream"], 0b111_111_111);
                Give(name, _folder["stream"]);
                break;
            case "DATAGRAM":
                _sockets.Datagram(_folder["datagram"]);
                TemporaryFolder.SetMode(_folder["datagram"], 0b111_111_111);
                Give(name, _folder["datagram"]);
                break;
            case "ABSTRACT":
                _sockets.Stream("\0" + _token);
                Give(name, _token);
                break;
            case "DESCRIPTOR":
                _tokens.Add(Plants.BehindDescriptor);
                Give(name, Plants.Descriptor);
                break;
            case "ENVIRONMENT":
                _tokens.Add(Plants.InEnvironment);
                Give(name, "MATRIX_TOKEN");
                break;
            case "ADDRESS":
                _tokens.Add(Plants.InMemory.Token);
                Give(name, Plants.InMemory.Address);
                break;
            case "X64":
                Give(name, RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 1 : 0);
                break;
            case "HOST":
                Give(name, Environment.ProcessId);
                break;
            case "SHARED":
                int id = Plants.SharedMemory(_token);
                _cleaning.Add(() => Native.Must(Native.SharedMemoryControl(id, Native.Remove, 0)));
                Give(name, id);
                break;
            case "QUEUE":
                int queue = Plants.Queue(_token);
                _cleaning.Add(() => Native.Must(Native.QueueControl(queue, Native.Remove, 0)));
                Give(name, queue);
                break;
            case "KEY":
                Assert.True(Native.TryAddKey(_token, Encoding.ASCII.GetBytes(_token)));
                Give(name, _token);
                break;
            case "POSIX":
                File.WriteAllText("/dev/shm/" + _token, _token);
                TemporaryFolder.SetMode("/dev/shm/" + _token, 0b110_110_110);
                _cleaning.Add(() => File.Delete("/dev/shm/" + _token));
                Give(name, _token);
                break;
            case "MODULES":
                Directory.CreateDirectory(_folder["modules"]);
                File.WriteAllText(_folder["modules/planted.py"], $"TOKEN = '{_token}'\n");
                Give(name, _folder["modules"]);
                break;
            case "SUID":
                File.Copy("/bin/cat", _folder["cat"]);
                TemporaryFolder.SetMode(_folder["cat"], 0b100_111_101_101);
                Give(name, _folder["cat"]);
                break;
            default:
                _tokens.AddRange(Facts.Of(name));
                break;
        }
    }

    private string Secret()
    {
        string path = _folder["secret"];
        long written = Random.Shared.NextInt64(1_000_000_000, 1_600_000_000);
        _tokens.Add(written.ToString(CultureInfo.InvariantCulture));
        File.WriteAllText(path, _token);
        Native.Must(Native.SetAttribute(path, "user.token", Encoding.ASCII.GetBytes(_token), _token.Length, 0));
        File.SetLastWriteTimeUtc(path, DateTimeOffset.FromUnixTimeSeconds(written).UtcDateTime);
        TemporaryFolder.SetMode(path, 0b100_000_000);
        return path;
    }

    private void Give(string name, string value) => _names.Append(CultureInfo.InvariantCulture, $"{name} = '{value}'\n");

    private void Give(string name, long value) => _names.Append(CultureInfo.InvariantCulture, $"{name} = {value}\n");

    private string Fingerprint() => string.Join('\n', new DirectoryInfo(_folder.Path)
        .EnumerateFileSystemInfos("*", SearchOption.AllDirectories)
        .OrderBy(entry => entry.FullName, StringComparer.Ordinal)
        .Select(entry => $"{entry.FullName} {entry.UnixFileMode} {entry.LinkTarget} {(entry as FileInfo)?.Length} {(entry is FileInfo ? entry.LastWriteTimeUtc.Ticks : 0)} {Native.GetAttribute(entry.FullName, "user.mark", null, 0)}"));

    [GeneratedRegex("\\b[A-Z][A-Z0-9]+\\b", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex Name();
}
