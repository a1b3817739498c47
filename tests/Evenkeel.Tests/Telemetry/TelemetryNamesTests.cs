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
        // Each of the names is said by whoever starts such a span.
        var starting = string.Concat(Repository.Sources().Where(file => !file.Path.Contains("/Tracing/", StringComparison.Ordinal)).Select(file => file.Text));
        foreach (var name in new[] { "GenAi.InvokeWorkflow} {GenAi.ChatTurn}", "GenAi.Chat,", "+ GenAi.Embeddings", "\"/rerank\"", "GenAi.Retrieval} {", "GenAi.ExecuteTool} {", "Spans.Queue,", "Spans.Stage} {", "Spans.Deliver} {" })
        {
            starting.ShouldContain(name);
        }

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

    [GeneratedRegex(@"^\| `(?<name>[^`]+)` \|", RegexOptions.Multiline)]
    private static partial Regex Row { get; }
}
