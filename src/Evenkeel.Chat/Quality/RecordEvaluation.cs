using System.Diagnostics;
using System.Diagnostics.Metrics;
using Evenkeel.Chat.Turns;
using Evenkeel.Contracts.Chats;
using Evenkeel.Contracts.Timeline;
using Evenkeel.Platform.Tracing;

namespace Evenkeel.Chat.Quality;

/// <summary>
/// Tells of an answer's quality where operators look: on the turn's timeline, in the metrics, and as an event of the current span under the name
/// that OpenTelemetry's conventions for generative AI give it. Numbers only.
/// </summary>
internal sealed class RecordEvaluation
{
    private readonly StageReporter _reporter;
    private readonly Histogram<double> _scores;

    public RecordEvaluation(StageReporter reporter, IMeterFactory meters)
    {
        _reporter = reporter;
        _scores = meters.Create("Evenkeel.Chat").CreateHistogram<double>("evenkeel.answers.quality", "1", "Quality of answers by measure, 0 to 1.");
    }

    /// <summary>Records the quality of the answer of <paramref name="turn"/>.</summary>
    public void Record(Turn turn, AnswerQuality quality)
    {
        Record("answered", quality.Answered ? 1 : 0);
        Record("citation_coverage", quality.CitationCoverage);
        Record("groundedness", quality.Groundedness);
        _reporter.Progress(turn, TimelineEventType.AnswerEvaluation, new
        {
            @event = GenAi.EvaluationResult, answered = quality.Answered, citation_coverage = quality.CitationCoverage, groundedness = quality.Groundedness,
            statements = quality.Sentences.Count, unsupported_citations = quality.UnsupportedCitations, invented_labels = quality.InventedLabels,
        });
    }

    private void Record(string name, double? score)
    {
        if (score is not { } value)
        {
            return;
        }

        _scores.Record(value, new KeyValuePair<string, object?>(GenAi.EvaluationName, name));
        Activity.Current?.AddEvent(new ActivityEvent(
            GenAi.EvaluationResult, tags: new ActivityTagsCollection { [GenAi.EvaluationName] = name, [GenAi.EvaluationScore] = value }));
    }
}
