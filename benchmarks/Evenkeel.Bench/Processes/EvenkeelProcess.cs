using System.Globalization;

namespace Evenkeel.Bench.Processes;

/// <summary>The published server with its own database in a data folder of its own, deleted when disposed.</summary>
internal sealed class EvenkeelProcess : IAsyncDisposable
{
    private readonly ChildProcess _process;
    private readonly string _data;

    private EvenkeelProcess(ChildProcess process, string data, Uri address, int postmasterId) =>
        (_process, _data, Address, PostmasterId) = (process, data, address, postmasterId);

    public Uri Address { get; }

    public int Id => _process.Id;

    public string DataDirectory => _data;

    /// <summary>The root of PostgreSQL's processes.</summary>
    public int PostmasterId { get; }

    /// <summary>Warnings and errors of the server.</summary>
    public string LastLines => _process.LastLines;

    /// <summary>Starts it on a scripted model, or on the built-in responder where that is null, with limits out of the way, so that work is measured and not waiting.</summary>
    public static async Task<EvenkeelProcess> StartAsync(BenchPaths paths, Uri? model, IReadOnlyDictionary<string, string> settings)
    {
        // Beside the results, not in the system's temporary folder, which may be in memory: a database that never meets a disk is not measured.
        var data = Path.Combine(paths.Results, $"data-{Environment.ProcessId}-{ChildProcess.FreePort()}");
        Directory.CreateDirectory(data);
        var address = new Uri($"http://127.0.0.1:{ChildProcess.FreePort()}");
        var environment = new Dictionary<string, string>(settings)
        {
            ["Chat__SendsPerMinute"] = "0",
            ["Accounts__RegistrationsPerMinute"] = "100000",
            ["Accounts__AccessTokenMinutes"] = "60",
            ["Logging__LogLevel__Default"] = "Warning",
        };
        if (model is not null)
        {
            environment["Models__Chat__Provider"] = "openai";
            environment["Models__Chat__Endpoint"] = new Uri(model, "/v1").ToString();
            environment["Models__Chat__Model"] = "scripted";
        }

        var process = await ChildProcess.StartAsync(
            paths.Server, ["serve", "--data", data, "--urls", address.ToString().TrimEnd('/')], environment, new Uri(address, "/health/ready"));
        return new EvenkeelProcess(process, data, address, FindPostmaster(data));
    }

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        Directory.Delete(_data, recursive: true);
    }

    private static int FindPostmaster(string data)
    {
        var file = Directory.EnumerateFiles(data, "postmaster.pid", SearchOption.AllDirectories).FirstOrDefault()
            ?? throw new BenchmarkException(
                $"The database's files are not in {data}: clone the repository where PostgreSQL's account may enter, or measure as an ordinary user.");
        return int.Parse(File.ReadLines(file).First(), CultureInfo.InvariantCulture);
    }
}
