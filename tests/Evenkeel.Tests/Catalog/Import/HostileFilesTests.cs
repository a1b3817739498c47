using System.Text;
using Evenkeel.Catalog.Import;
using Evenkeel.Catalog.Import.Formats;
using Evenkeel.Platform.Errors;
using Evenkeel.Tests.Models;
using Microsoft.Extensions.Options;
using Shouldly;
using Xunit;

namespace Evenkeel.Tests.Catalog.Import;

/// <summary>Files that are made to do harm, or are not what they say.</summary>
public sealed class HostileFilesTests
{
    private static readonly ImportSettings Settings = new(null, DryRun: true, "UTC", new CsvMapping(null, null), null);

    [Fact]
    public void Json_that_is_very_deep_is_refused() => Refused(new string('[', 1_000_000)).ShouldBe(422);

    [Fact]
    public void An_event_of_very_deep_json_is_refused() => Refused("[{\"a\":" + string.Concat(Enumerable.Repeat("{\"a\":", 100_000))).ShouldBe(422);

    [Fact]
    public void More_objects_than_allowed_are_refused() => Refused($"[{string.Join(',', Enumerable.Repeat("{}", 1_001))}]").ShouldBe(413);

    [Fact]
    public void Events_that_repeat_more_often_than_rows_are_allowed_are_refused()
    {
        var file = new StringBuilder("BEGIN:VCALENDAR\n");
        for (var index = 0; index < 5; index++)
        {
            file.Append($"BEGIN:VEVENT\nUID:{index}\nSUMMARY:A\nDTSTART:20200101T000000Z\nRRULE:FREQ=HOURLY\nEND:VEVENT\n");
        }

        Refused(file.Append("END:VCALENDAR\n").ToString()).ShouldBe(413);
    }

    [Fact]
    public void Texts_and_half_characters_that_nothing_can_store_do_not_reach_the_database()
    {
        var content = Run("""
            [{"title": "A\u0000B\u0007 C", "starts": "2027-01-01", "description": "one\u0000\r\ntwo"},
             {"title": "half \ud800", "starts": "2027-01-01"},
             {"title": "long", "starts": "2027-01-01", "description": "LONG", "url": "https://keel.example/LONG"}]
            """.Replace("LONG", new string('x', 30_000), StringComparison.Ordinal)).Value!;

        content.Checked.Select(row => row.Title).ShouldBe(["A B C", "long"]);
        content.Checked[0].Description.ShouldBe("one\ntwo");
        (content.Checked[1].Description.Length, content.Checked[1].Url).ShouldBe((20_000, null));
        content.Rows.Problems.Select(problem => (problem.Line, problem.Code, problem.IsWarning)).ShouldBe(
            [(2, "type_invalid", false), (3, "url_invalid", true), (3, "text_shortened", true)]);
        content.Rows.Problems.ShouldAllBe(problem => problem.Value == null || problem.Value.Length <= 61);
    }

    [Fact]
    public void Rows_of_one_line_fail_each_by_itself()
    {
        const string good = """{"title": "Good", "starts": "2027-01-01"}""";
        var content = Run($$"""[{"title": 1}, {{good}}, {"title": 2}, {{good}}, {"title": "A"}]""").Value!;
        (content.Rows.Rows, content.Checked.Count, content.Rows.Failed).ShouldBe((5, 2, 3));
        content.Rows.Problems.Count().ShouldBe(3);
    }

    [Fact]
    public void Random_bytes_are_refused_or_read_and_never_fail()
    {
        var random = new Random(7);
        foreach (var head in new[] { "", "[", "[{\"title\":\"", "title,starts\n", "BEGIN:VCALENDAR\nBEGIN:VEVENT\n" })
        {
            for (var round = 0; round < 50; round++)
            {
                var noise = new byte[random.Next(1, 400)];
                random.NextBytes(noise);
                var result = Run([.. Encoding.UTF8.GetBytes(head), .. noise.Select(value => round % 2 == 0 ? value : (byte)((value % 95) + 32))]);
                (result.Error is null).ShouldBe(result.Value is not null);
            }
        }
    }

    private static int? Refused(string text) => Run(text).Error.ShouldNotBeNull().Status;

    private static Result<FileContent> Run(string text) => Run(Encoding.UTF8.GetBytes(text));

    private static Result<FileContent> Run(byte[] bytes) =>
        new ReadFile(Options.Create(new CatalogueImportOptions { MostRows = 1_000 }), new ManualClock()).Run("file", bytes, Settings, CancellationToken.None);
}
