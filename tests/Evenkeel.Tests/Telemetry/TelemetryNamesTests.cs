using System.Text.RegularExpressions;
using Evenkeel.Platform.Tracing;
using Evenkeel.Tests.Architecture;
using Shouldly;
using Xunit;

namespace Evenkeel.Tests.Telemetry;

/// <summary>Dashboards and alerts are made of names: what is emitted is what <c>docs/operations.md</c> lists, no more and no less.</summary>
public sealed partial class TelemetryNamesTests
{
    [Fact]
    public void The_metrics_table_names_every_instrument()
    {
        var constants = typeof(GenAi).GetFields().ToDictionary(field => $"GenAi.{field.Name}", field => (string)field.GetRawConstantValue()!);
        var emitted = Repository.Sources().SelectMany(file => Instrument.Matches(file.Text))
            .Select(match => match.Groups["literal"] is { Success: true } literal ? literal.Value : constants[match.Groups["constant"].Value]);

        Documented("metric").ShouldBe(emitted.Distinct(), ignoreOrder: true);
    }

    [Fact]
    public void The_spans_table_names_every_span()
    {
        var named = Repository.Sources().Where(file => file.Text.Contains("Spans.", StringComparison.Ordinal)).SelectMany(file => Span.Matches(file.Text)).Count();
        named.ShouldBeGreaterThan(5);
        Documented("span").ShouldBe(
            [
                $"{GenAi.InvokeWorkflow} {GenAi.ChatTurn}", $"{GenAi.Chat} {{model}}", $"{GenAi.Embeddings} {{model}}", "rerank {model}", $"{GenAi.Retrieval} {{source}}",
                $"{GenAi.ExecuteTool} {{tool}}", Spans.Queue, $"{Spans.Stage} {{event_type}}", $"{Spans.Deliver} {{frame}}", "{verb} {table}",
            ],
            ignoreOrder: true);
    }

    private static IEnumerable<string> Documented(string column) => Row.Matches(
            Repository.Read("docs/operations.md").Split($"| {column} |", 2)[1].Split("\n\n", 2)[0])
        .Select(match => match.Groups["name"].Value);

    [GeneratedRegex(@"\.Create(?:Observable)?(?:Counter|UpDownCounter|Gauge|Histogram)(?:<\w+>)?\(\s*(?:""(?<literal>[a-z_.]+)""|(?<constant>GenAi\.\w+))")]
    private static partial Regex Instrument { get; }

    [GeneratedRegex(@"Spans\.(?:Start|StartBelow|Continue)\(")]
    private static partial Regex Span { get; }

    [GeneratedRegex(@"^\| `(?<name>[^`]+)` \|", RegexOptions.Multiline)]
    private static partial Regex Row { get; }
}
