using System.Globalization;
using System.Reflection;
using System.Text.Json.Nodes;
using Evenkeel.Contracts;
using Evenkeel.Contracts.Errors;
using Evenkeel.Contracts.Frames;
using Evenkeel.Contracts.Timeline;
using Evenkeel.Host.Commands;
using Shouldly;
using Xunit;

namespace Evenkeel.Tests.Architecture;

/// <summary>docs/contract.md and docs/openapi.json say what the code does.</summary>
public sealed class ContractDocumentTests
{
    [Fact]
    public void The_error_table_is_the_catalogue()
    {
        var documented = Table("code", "HTTP").Select(row => (row[0], row[1], row[2], row[3], row[5], row[6], row[7], row[8]));

        documented.ShouldBe(ErrorCatalogue.All.Select(error => (
            error.Code, error.Status == 0 ? "–" : error.Status.ToString(CultureInfo.InvariantCulture), Advice(error.Retry), error.Severity,
            error.Happened.English, error.Action.English, error.Happened.Chinese, error.Action.Chinese)));
    }

    [Fact]
    public void Every_code_has_a_row() => ErrorCatalogue.All.Select(error => error.Code).ShouldBe(Constants<string>(typeof(ErrorCode)), ignoreOrder: true);

    [Fact]
    public void The_frame_table_names_the_frames() => Names("frame", "durable").ShouldBe(Constants<string>(typeof(FrameType)), ignoreOrder: true);

    [Fact]
    public void The_status_table_names_the_status_events() => Names("`chat_status` event", "members").ShouldBe(Constants<string>(typeof(StatusEvent)), ignoreOrder: true);

    [Fact]
    public void The_close_table_lists_the_close_codes() =>
        Names("code", "meaning").Select(code => int.Parse(code, CultureInfo.InvariantCulture)).ShouldBe(Constants<int>(typeof(CloseCode)), ignoreOrder: true);

    [Fact]
    public void The_event_table_names_the_event_types() => Names("event type", "stage").ShouldBe(Constants<string>(typeof(TimelineEventType)), ignoreOrder: true);

    [Fact]
    public async Task The_openapi_file_is_what_the_program_writes() =>
        (await OpenApiCommand.DescribeAsync(TestContext.Current.CancellationToken) + "\n").ShouldBe(
            Repository.Read("docs/openapi.json"), "run: dotnet evenkeel.dll openapi --output docs/openapi.json, then generate the SDK's types");

    [Fact]
    public void The_openapi_file_and_what_clients_generate_from_it_carry_the_catalogue()
    {
        var published = JsonNode.Parse(Repository.Read("docs/openapi.json"))!["x-error-catalogue"]!.AsObject();
        published.Select(row => row.Key).ShouldBe(ErrorCatalogue.All.Select(error => error.Code));
        foreach (var error in ErrorCatalogue.All)
        {
            var row = published[error.Code]!;
            (row["status"]?.GetValue<int>() ?? 0).ShouldBe(error.Status, error.Code);
            row["retry"]!.GetValue<string>().ShouldBe(Advice(error.Retry).Replace(' ', '_'), error.Code);
            row["retryable"]!.GetValue<bool>().ShouldBe(error.Retryable, error.Code);
            row["severity"]!.GetValue<string>().ShouldBe(error.Severity, error.Code);
            new LocalText(row["text"]!["en"]!.GetValue<string>(), row["text"]!["zh"]!.GetValue<string>()).ShouldBe(error.Happened, error.Code);
            new LocalText(row["action"]!["en"]!.GetValue<string>(), row["action"]!["zh"]!.GetValue<string>()).ShouldBe(error.Action, error.Code);
        }

        var generated = Repository.Read("web/sdk/src/generated/errors.ts");
        var json = generated[generated.IndexOf('{', StringComparison.Ordinal)..generated.LastIndexOf(" as const", StringComparison.Ordinal)];
        JsonNode.DeepEquals(JsonNode.Parse(json), published).ShouldBeTrue("run: npm run generate in web");
    }

    [Fact]
    public void Every_text_of_the_catalogue_is_a_sentence_and_polite()
    {
        foreach (var error in ErrorCatalogue.All)
        {
            foreach (var text in new[] { error.Happened, error.Action })
            {
                text.English.ShouldEndWith(".", customMessage: error.Code);
                text.Chinese.ShouldEndWith("。", customMessage: error.Code);
                text.Chinese.ShouldNotContain('你', error.Code);
            }
        }
    }

    private static string Advice(RetryAdvice advice) => advice switch
    {
        RetryAdvice.No => "no",
        RetryAdvice.Yes => "yes",
        RetryAdvice.Wait => "wait",
        RetryAdvice.AfterRefresh => "after refresh",
        _ => "sign in",
    };

    private static IEnumerable<string> Names(string first, string second) => Table(first, second).Select(row => row[0]);

    /// <summary>Rows of the table whose heading begins with these two cells.</summary>
    private static List<string[]> Table(string first, string second)
    {
        var lines = Repository.Read("docs/contract.md").Split('\n');
        var heading = Array.FindIndex(lines, line => line.StartsWith($"| {first} | {second} |", StringComparison.Ordinal));
        heading.ShouldBeGreaterThanOrEqualTo(0, $"docs/contract.md has no table {first}, {second}");
        return [.. lines.Skip(heading + 2).TakeWhile(line => line.StartsWith('|')).Select(line => line.Trim('|', ' ').Split('|').Select(cell => cell.Trim().Trim('`')).ToArray())];
    }

    private static IEnumerable<T> Constants<T>(Type type) => type.GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (T)field.GetRawConstantValue()!);
}
