using System.Collections.Concurrent;
using Evenkeel.Platform.Background;
using Evenkeel.Platform.Data;
using Evenkeel.Timeline.Recording;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Evenkeel.Timeline.Webhooks;

/// <summary>
/// Sends what webhooks wait for, in any process. Each webhook has a few requests of its own at a time, so that a slow receiver keeps nobody but itself
/// waiting. What this process records wakes it; the rest it finds by looking once a second.
/// </summary>
internal sealed partial class SendWebhooks(
    ClaimBatches claim, SendBatch send, RecordedSessions recorded, TimeProvider time, ILogger<SendWebhooks> logger, IOptions<WebhookOptions> options)
    : BackgroundLoop(time, logger, TimeSpan.FromSeconds(1))
{
    private readonly ConcurrentDictionary<Guid, (Guid WebhookId, Task Sending)> _sending = new();
    private readonly CancellationTokenSource _stopping = new();
    private volatile bool _hasWebhooks;

    /// <inheritdoc/>
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        recorded.Listen(_ =>
        {
            if (_hasWebhooks)
            {
                Wake();
            }
        });
        return base.StartAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await _stopping.CancelAsync();
        await Task.WhenAll(_sending.Values.Select(one => one.Sending));
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _stopping.Dispose();
        base.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task<bool> RunOnceAsync(CancellationToken cancellationToken)
    {
        var targets = await claim.TargetsAsync(cancellationToken);
        _hasWebhooks = targets.Count > 0;
        foreach (var target in targets.Where(target => target.IsDue))
        {
            // A receiver that is down is asked with one batch.
            var most = (target.Failures > 0 ? 1 : options.Value.MaxConcurrentPerWebhook) - _sending.Values.Count(one => one.WebhookId == target.Id);
            if (most <= 0)
            {
                continue;
            }

            foreach (var batch in await claim.RunAsync(target, most, cancellationToken))
            {
                Begin(target, batch);
            }
        }

        return false;
    }

    private void Begin(WebhookTarget target, WebhookBatch batch)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _sending[batch.BatchId] = (target.Id, SendAfterAsync(started.Task, target, batch));
        started.SetResult();
    }

    private async Task SendAfterAsync(Task started, WebhookTarget target, WebhookBatch batch)
    {
        await started;
        try
        {
            await send.RunAsync(target, batch, _stopping.Token);
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            await GiveBackAsync(target, batch);
        }
        catch (Exception exception)
        {
            // The lease runs out and somebody tries again, with the same id.
            Log.Failed(logger, exception, target.Id, batch.BatchId);
        }

        _sending.TryRemove(batch.BatchId, out _);
        if (!_stopping.IsCancellationRequested)
        {
            // There may be more of the session.
            Wake();
        }
    }

    private async Task GiveBackAsync(WebhookTarget target, WebhookBatch batch)
    {
        try
        {
            await claim.ReleaseAsync(target, batch, CancellationToken.None);
        }
        catch (Exception exception) when (DatabaseOutage.Is(exception))
        {
            // Its lease runs out.
            Log.NotGivenBack(logger, target.Id, batch.BatchId);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "Batch {BatchId} of webhook {WebhookId} was not settled; it is tried again")]
        public static partial void Failed(ILogger logger, Exception exception, Guid webhookId, Guid batchId);

        [LoggerMessage(Level = LogLevel.Information, Message = "Batch {BatchId} of webhook {WebhookId} was not given back; it is tried again after its lease")]
        public static partial void NotGivenBack(ILogger logger, Guid webhookId, Guid batchId);
    }
}
