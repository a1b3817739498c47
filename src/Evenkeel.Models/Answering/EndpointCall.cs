using System.Runtime.CompilerServices;
using Evenkeel.Models.Endpoints;

namespace Evenkeel.Models.Answering;

/// <summary>
/// One call of one endpoint, let through by its breaker and counted. A failure of the model is not thrown: the stream ends, and
/// <see cref="Failure"/> says why.
/// </summary>
internal sealed class EndpointCall(ModelEndpoint endpoint, ModelMeters meters)
{
    private ChatModelUsage? _usage;
    private bool _isOver;
    private bool _isCutShort;

    public ModelException? Failure { get; private set; }

    public bool HasText { get; private set; }

    /// <summary>What the model asks for; nothing before the stream has ended well.</summary>
    public IReadOnlyList<ChatToolCall> ToolCalls { get; private set; } = [];

    public string? FinishReason { get; private set; }

    /// <summary>It was not made: the breaker did not let it through, or the provider had asked to be left alone.</summary>
    public bool IsRefused { get; private set; }

    /// <summary>Streams the answer until it ends, fails, or <paramref name="timeIsUp"/>.</summary>
    public async IAsyncEnumerable<ChatModelDelta> StreamAsync(
        ChatModelRequest request, CancellationToken timeIsUp, [EnumeratorCancellation] CancellationToken ct)
    {
        if (endpoint.LeftAlone > TimeSpan.Zero || await endpoint.Breaker.EnterAsync() is not { } pass)
        {
            (IsRefused, Failure) = (true, endpoint.Refusal());
            meters.Call(endpoint, "refused");
            yield break;
        }
        var span = meters.Begin(endpoint);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeIsUp, ct);
        await using var deltas = endpoint.Chat.StreamAsync(request, either.Token).GetAsyncEnumerator(either.Token);
        try
        {
            while (await MoveNextAsync(deltas, timeIsUp, ct))
            {
                if (deltas.Current.Text.Length > 0)
                {
                    HasText = true;
                    span.NoteChunk();
                }
                _usage = deltas.Current.Usage ?? _usage;
                ToolCalls = deltas.Current.ToolCalls ?? ToolCalls;
                FinishReason = deltas.Current.FinishReason ?? FinishReason;
                yield return deltas.Current;
            }
        }
        finally
        {
            span.End(Failure is { } failure ? ModelMeters.Outcome(failure.Kind) : null, _usage);
            await EndAsync(pass);
        }
    }

    private async ValueTask<bool> MoveNextAsync(IAsyncEnumerator<ChatModelDelta> deltas, CancellationToken timeIsUp, CancellationToken ct)
    {
        try
        {
            var hasNext = await deltas.MoveNextAsync();
            _isOver = !hasNext;
            return hasNext;
        }
        catch (ModelException exception)
        {
            Failure = exception;
        }
        catch (OperationCanceledException) when (timeIsUp.IsCancellationRequested && !ct.IsCancellationRequested)
        {
            _isCutShort = true;
            Failure = new ModelException(ModelFailureKind.Timeout) { EmittedAnything = HasText };
        }
        return false;
    }

    /// <summary>
    /// Being cut short by the turn's end, or left by the caller before the first word, says nothing about the endpoint; text, or a refusal of the
    /// request, shows that it is there.
    /// </summary>
    private ValueTask EndAsync(EndpointBreaker.Pass pass)
    {
        if (Failure is { } failure)
        {
            meters.Call(endpoint, ModelMeters.Outcome(failure.Kind));
            endpoint.Remember(failure);
        }
        else
        {
            meters.Call(endpoint, _isOver ? "ok" : "abandoned");
        }
        if (_isCutShort || (Failure is null && !_isOver && !HasText))
            return pass.AbandonAsync();
        return pass.EndAsync(Failure is { Kind: not ModelFailureKind.Rejected } counted ? counted : null);
    }
}
