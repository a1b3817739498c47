using System.Diagnostics;
using Microsoft.Extensions.Hosting;

namespace Evenkeel.Platform.Privacy;

/// <summary>
/// Judges the tags and the status of every span as it ends, whoever started it: libraries put addresses and exception messages there. It asks for no spans
/// itself, so that without an exporter there are none.
/// </summary>
public sealed class RedactSpans : IHostedService, IDisposable
{
    private readonly ActivityListener _listener = new()
    {
        ShouldListenTo = _ => true,
        Sample = (ref _) => ActivitySamplingResult.None,
        SampleUsingParentId = (ref _) => ActivitySamplingResult.None,
        ActivityStopped = Judge,
    };

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        ActivitySource.AddActivityListener(_listener);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public void Dispose() => _listener.Dispose();

    private static void Judge(Activity span)
    {
        foreach (var (name, value) in span.TagObjects.ToArray())
        {
            var redacted = Redaction.Value(name, value);
            if (!Equals(redacted, value))
            {
                span.SetTag(name, redacted);
            }
        }

        if (span.StatusDescription is { Length: > 0 } words)
        {
            span.SetStatus(span.Status, Redaction.Text("description", words));
        }
    }
}
