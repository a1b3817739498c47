using System.Diagnostics;
using System.Text;
using Evenkeel.Bench.Processes;
using Evenkeel.Bench.Turns;

namespace Evenkeel.Bench.Ingest;

/// <summary>
/// How fast documents become passages, from the upload to the commit, and what other tenants' turns notice of it: the same people ask with and
/// without somebody who uploads all the time, in turns, so that both see the same machine.
/// </summary>
internal sealed class IngestBenchmark(BenchPaths paths, int rounds, double seconds)
{
    private const int Askers = 4;
    private const int Uploads = 4;
    private const int Documents = 40;
    private const int SectionsPerDocument = 50;
    private const int PdfPages = 300;

    /// <summary>Runs everything; takes about two minutes.</summary>
    public async Task<IngestReport> RunAsync(Action<string> say)
    {
        say("starting the scripted model, the server and its database …");
        var modelAddress = new Uri($"http://127.0.0.1:{ChildProcess.FreePort()}");
        await using var model = await ChildProcess.StartAsync(
            paths.Model,
            ["--port", $"{modelAddress.Port}", "--tokens", $"{TurnsBenchmark.Tokens}", "--remember", "4"],
            new Dictionary<string, string>(),
            new Uri(modelAddress, "/v1/models"));
        await using var server = await EvenkeelProcess.StartAsync(paths, modelAddress, new Dictionary<string, string>());
        var tokens = await Registration.RunAsync(server.Address, Askers + 1);
        using var uploader = await Uploader.CreateAsync(server.Address, tokens[0]);
        var cpu = new CpuMeter(server.Id, server.PostmasterId, model.Id);
        var samples = new SampleDocuments(seed: 1);

        say("warming up …");
        await MarkdownAsync(uploader, cpu, samples, "warm");
        var markdown = new List<ReadFigures>();
        var pdf = new List<double>();
        for (var round = 1; round <= rounds; round++)
        {
            markdown.Add(await MarkdownAsync(uploader, cpu, samples, $"round{round}"));
            pdf.Add(await PdfAsync(uploader, samples, round));
            say($"round {round}/{rounds}: Markdown {markdown[^1].PassagesPerSecond:0} passages/s, PDF of {PdfPages} pages {pdf[^1]:0.0} s");
        }

        var (quiet, busy) = await AskAsync(server, modelAddress, cpu, tokens[1..], uploader, say);
        return new IngestReport
        {
            Machine = Machine.Describe(), Rounds = rounds, SecondsPerRound = seconds, PdfPages = PdfPages, PdfSeconds = Medians.Of(pdf),
            Markdown = ReadFigures.Median(markdown), TurnsWithout = quiet, TurnsBeside = busy, ServerWarnings = server.LastLines,
        };
    }

    private static async Task<ReadFigures> MarkdownAsync(Uploader uploader, CpuMeter cpu, SampleDocuments samples, string name)
    {
        var files = Enumerable.Range(0, Documents).Select(_ => Encoding.UTF8.GetBytes(samples.Markdown(SectionsPerDocument))).ToArray();
        var before = cpu.Read();
        var started = Stopwatch.GetTimestamp();
        var passages = 0;
        await Parallel.ForEachAsync(
            Enumerable.Range(0, Documents),
            new ParallelOptions { MaxDegreeOfParallelism = Uploads },
            async (index, _) => Interlocked.Add(ref passages, await uploader.UploadAsync($"{name}-{index}.md", files[index])));
        var elapsed = Stopwatch.GetElapsedTime(started).TotalSeconds;
        var used = cpu.Read() - before;
        return new ReadFigures(passages, passages / elapsed, used.Server / passages, used.Database / passages);
    }

    private static async Task<double> PdfAsync(Uploader uploader, SampleDocuments samples, int round)
    {
        var file = samples.Pdf(PdfPages);
        var started = Stopwatch.GetTimestamp();
        await uploader.UploadAsync($"book{round}.pdf", file);
        return Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private async Task<(Round Without, Round Beside)> AskAsync(
        EvenkeelProcess server, Uri modelAddress, CpuMeter cpu, string[] tokens, Uploader uploader, Action<string> say)
    {
        // A model that takes its time, as models do: people wait for it, and not for each other's processor time.
        using var http = new HttpClient { BaseAddress = modelAddress };
        (await http.PostAsJsonAsync("/control/script", new { match = "?", behaviour = new { kind = "delay", first_delay_ms = 100, delay_ms = 5 } }))
            .EnsureSuccessStatusCode();
        var clients = tokens.Select(token => new ChatClient(server.Address, token, TurnsBenchmark.Answer)).ToArray();
        var load = new Load(cpu);
        await load.RunAsync(clients, seconds);
        var (without, beside) = (new List<Round>(), new List<Round>());
        for (var round = 1; round <= rounds; round++)
        {
            without.Add(await load.RunAsync(clients, seconds));
            using var stop = new CancellationTokenSource();
            var uploading = Task.WhenAll(Enumerable.Range(0, Uploads).Select(number => Task.Run(() => KeepUploadingAsync(uploader, $"{round}-{number}", stop.Token))));
            beside.Add(await load.RunAsync(clients, seconds));
            await stop.CancelAsync();
            await uploading;
            say($"round {round}/{rounds}: first delta {without[^1].FirstDelta.P50:0.0} / {without[^1].FirstDelta.P99:0.0} ms without, "
                + $"{beside[^1].FirstDelta.P50:0.0} / {beside[^1].FirstDelta.P99:0.0} ms beside ingestion");
        }

        return (Round.Median(without), Round.Median(beside));
    }

    private static async Task KeepUploadingAsync(Uploader uploader, string name, CancellationToken stop)
    {
        var samples = new SampleDocuments(name.GetHashCode(StringComparison.Ordinal));
        for (var number = 0; !stop.IsCancellationRequested; number++)
        {
            await uploader.UploadAsync($"beside-{name}-{number}.md", Encoding.UTF8.GetBytes(samples.Markdown(SectionsPerDocument)));
        }
    }
}
