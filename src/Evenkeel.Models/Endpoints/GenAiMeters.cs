using System.Diagnostics.Metrics;
using Evenkeel.Platform.Tracing;

namespace Evenkeel.Models.Endpoints;

/// <summary>The metrics of model calls that OpenTelemetry's conventions for generative AI name.</summary>
internal sealed class GenAiMeters
{
    // As the conventions advise.
    private static readonly double[] Seconds = [0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92];
    private static readonly double[] TokenBounds = [1, 4, 16, 64, 256, 1_024, 4_096, 16_384, 65_536, 262_144, 1_048_576];

    private readonly TimeProvider _clock;

    public GenAiMeters(IMeterFactory meters, TimeProvider clock)
    {
        _clock = clock;
        var meter = meters.Create("Evenkeel.Models");
        var seconds = new InstrumentAdvice<double> { HistogramBucketBoundaries = Seconds };
        Duration = meter.CreateHistogram(GenAi.OperationDuration, "s", "Calls of models.", tags: null, seconds);
        FirstChunk = meter.CreateHistogram(GenAi.TimeToFirstChunk, "s", "From the call of a model to the first piece of its answer.", tags: null, seconds);
        Tokens = meter.CreateHistogram(GenAi.TokenUsage, "{token}", "Tokens of model calls.", tags: null, new InstrumentAdvice<double> { HistogramBucketBoundaries = TokenBounds });
    }

    public Histogram<double> Duration { get; }

    public Histogram<double> FirstChunk { get; }

    public Histogram<double> Tokens { get; }

    public long Now => _clock.GetTimestamp();

    public double SecondsSince(long startedAt) => _clock.GetElapsedTime(startedAt).TotalSeconds;
}
