using System.Diagnostics;
using Evenkeel.Knowledge;
using Evenkeel.Knowledge.Reading;
using Evenkeel.Knowledge.Reading.Isolation;
using Shouldly;
using Xunit;

namespace Evenkeel.Tests.Knowledge.Reading;

public sealed class ReadingProcessTests(ReadingFiles files) : IClassFixture<ReadingFiles>
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_document_read_in_a_process_is_the_same_as_one_read_here()
    {
        var pdf = new PdfPages { Title = "Of keels" }.Page().Line(60, 700, "The keel keeps the boat upright — “quoted” 100 %.").Page().Line(60, 700, "第二页写的是中文。");
        var file = files.Write("keel.pdf", pdf.Build());
        var (reader, process) = ReadingFiles.Isolated();

        var read = await reader.ReadAsync(file, Cancelled);

        ReadingFiles.Shown(read).ShouldBe(ReadingFiles.Shown(ReadingFiles.Here(file)));
        (read.Title, read.Pages).ShouldBe(("Of keels", 2));
        process.PeakBytes.ShouldBeGreaterThan(1_000_000);
    }

    [Fact]
    public async Task Small_text_is_read_without_a_process()
    {
        var (reader, process) = ReadingFiles.Isolated();

        await reader.ReadAsync(files.Write("a.md", "# T\n\ntext"), Cancelled);

        process.PeakBytes.ShouldBe(0);
    }

    [Fact]
    public async Task What_takes_too_long_is_ended_at_the_time_limit() =>
        (await ReadingFiles.ReasonAsync(Endless(), Cancelled, new KnowledgeReadingOptions { Seconds = 0.3 })).ShouldBe(KnowledgeReasons.TimeLimit);

    [Fact]
    public async Task What_takes_too_much_memory_is_ended_at_the_memory_limit() =>
        (await ReadingFiles.ReasonAsync(files.Write("big.txt", new string('x', 60_000_000)), Cancelled, new KnowledgeReadingOptions { MemoryMegabytes = 128 })).ShouldBe(KnowledgeReasons.MemoryLimit);

    [Fact]
    public async Task Cancelling_ends_the_process()
    {
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        var (reader, _) = ReadingFiles.Isolated();
        var reading = reader.ReadAsync(Endless(), cancel.Token);

        await cancel.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(reading);
    }

    [Fact]
    public async Task The_process_ends_when_nobody_waits_for_it_any_more()
    {
        using var process = Process.Start(ReadingCommand.Describe(512L * 1024 * 1024))!;
        await process.StandardInput.WriteLineAsync(System.Text.Json.JsonSerializer.Serialize(new ReadingRequest(Endless(), new KnowledgeReadingOptions().Limits), ReadingJson.Default.ReadingRequest));
        await process.StandardInput.FlushAsync(Cancelled);

        process.StandardInput.Close();

        await process.WaitForExitAsync(Cancelled).WaitAsync(TimeSpan.FromSeconds(30), Cancelled);
        process.ExitCode.ShouldNotBe(0);
    }

    [Fact]
    public void The_process_knows_none_of_our_settings()
    {
        Environment.SetEnvironmentVariable("Models__Chat__ApiKey", "planted");
        try
        {
            ReadingCommand.Describe(512L * 1024 * 1024).Environment.Keys.ShouldAllBe(name => name == "PATH" || name == "HOME" || name == "TMPDIR" || name == "LANG" || name.StartsWith("DOTNET_"));
        }
        finally
        {
            Environment.SetEnvironmentVariable("Models__Chat__ApiKey", null);
        }
    }

    /// <summary>A page that takes seconds to read.</summary>
    private DocumentFile Endless() => files.Write("endless.html", "<html>" + string.Concat(Enumerable.Repeat("<p>Some <b>bold</b> words.", 600_000)));
}
