using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Evenkeel.Models;

/// <summary>
/// The promises of <see cref="IChatModel"/>, kept in one place for every provider: time-outs for first token, idle and total;
/// every failure a <see cref="ModelException"/>; an end without finish reason is a cut, an answer with neither text nor tool calls is no answer.
/// </summary>
internal sealed class GuardedChatModel(IChatModelProvider provider, ModelEndpointOptions options, TimeProvider clock) : IChatModel
{
    private readonly IChatModel _inner = provider.Create(options);

    public string Name => _inner.Name;

    public string NameFor(ChatModelRequest request) => _inner.NameFor(request);

    public async IAsyncEnumerable<ChatModelDelta> StreamAsync(
        ChatModelRequest request, [EnumeratorCancellation] CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        using var deadlines = new Deadlines(options, clock, ct);
        var (hasBegun, hasText, hasCalls, hasEnd) = (false, false, false, false);
        await using var deltas = _inner.StreamAsync(request, deadlines.Token).GetAsyncEnumerator(deadlines.Token);
        while (await MoveNextAsync(deltas, deadlines, hasBegun, hasText, ct))
        {
            var delta = deltas.Current;
            hasBegun = true;
            hasText |= delta.Text.Length > 0;
            hasCalls |= delta.ToolCalls is { Count: > 0 };
            hasEnd |= delta.FinishReason is not null;
            if (delta.Text.Length > 0 || delta.FinishReason is not null || delta.Usage is not null)
                yield return delta;
        }
        if (!hasEnd)
            throw new ModelException(ModelFailureKind.Cut) { EmittedAnything = hasText };
        if (!hasText && !hasCalls)
            throw new ModelException(ModelFailureKind.InvalidResponse);
    }

    private async ValueTask<bool> MoveNextAsync(
        IAsyncEnumerator<ChatModelDelta> deltas, Deadlines deadlines, bool hasBegun, bool hasText, CancellationToken ct)
    {
        try
        {
            var next = deltas.MoveNextAsync();
            if (next.IsCompleted)
                return await next;
            deadlines.StartWaiting(hasBegun);
            var hasNext = await next;
            deadlines.StopWaiting();
            return hasNext;
        }
        catch (Exception exception) when (exception is not ModelException || deadlines.HaveExpired || ct.IsCancellationRequested)
        {
            ct.ThrowIfCancellationRequested();
            throw Translate(exception, deadlines.HaveExpired, hasText);
        }
        catch (ModelException exception) when (hasText)
        {
            throw new ModelException(exception.Kind, exception.InnerException)
            {
                EmittedAnything = true,
                HttpStatus = exception.HttpStatus,
                RetryAfter = exception.RetryAfter,
            };
        }
    }

    /// <summary>Vendors' exceptions quote what the provider sent, so only failures of the transport are kept as inner exception.</summary>
    private ModelException Translate(Exception exception, bool hasExpired, bool hasText)
    {
        if (hasExpired)
            return new ModelException(ModelFailureKind.Timeout) { EmittedAnything = hasText };
        if (provider.Classify(exception) is { } kind)
            return new ModelException(kind) { EmittedAnything = hasText };
        for (var cause = exception; cause is not null; cause = cause.InnerException)
        {
            if (cause is IOException or HttpRequestException)
                return new ModelException(ModelFailureKind.Cut, cause) { EmittedAnything = hasText };
            if (cause is JsonException)
                break;
        }
        return new ModelException(ModelFailureKind.InvalidResponse) { EmittedAnything = hasText };
    }

    /// <summary>One timer for all three: it runs only while the model is waited for, except that the total never stops.</summary>
    private sealed class Deadlines : IDisposable
    {
        private readonly ModelEndpointOptions _options;
        private readonly TimeProvider _clock;
        private readonly long _startedAt;
        private readonly CancellationTokenSource _expiry;
        private readonly CancellationTokenSource _either;

        public Deadlines(ModelEndpointOptions options, TimeProvider clock, CancellationToken ct)
        {
            _options = options;
            _clock = clock;
            _startedAt = clock.GetTimestamp();
            _expiry = new CancellationTokenSource(TimeSpan.FromSeconds(options.TotalTimeoutSeconds), clock);
            _either = CancellationTokenSource.CreateLinkedTokenSource(_expiry.Token, ct);
        }

        public CancellationToken Token => _either.Token;

        public bool HaveExpired => _expiry.IsCancellationRequested;

        public void StartWaiting(bool hasBegun)
        {
            var elapsed = _clock.GetElapsedTime(_startedAt);
            var silence = hasBegun
                ? TimeSpan.FromSeconds(_options.IdleTimeoutSeconds)
                : TimeSpan.FromSeconds(_options.FirstTokenTimeoutSeconds) - elapsed;
            var left = Left(elapsed);
            _expiry.CancelAfter(silence < left ? AtLeastZero(silence) : left);
        }

        /// <summary>A slow reader of ours is not a silent model.</summary>
        public void StopWaiting() => _expiry.CancelAfter(Left(_clock.GetElapsedTime(_startedAt)));

        public void Dispose()
        {
            _either.Dispose();
            _expiry.Dispose();
        }

        private TimeSpan Left(TimeSpan elapsed) => AtLeastZero(TimeSpan.FromSeconds(_options.TotalTimeoutSeconds) - elapsed);

        private static TimeSpan AtLeastZero(TimeSpan span) => span < TimeSpan.Zero ? TimeSpan.Zero : span;
    }
}
