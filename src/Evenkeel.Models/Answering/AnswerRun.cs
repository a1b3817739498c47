using Evenkeel.Contracts.Errors;

namespace Evenkeel.Models.Answering;

/// <summary>What one answer has come to so far: its time, its calls, its failures.</summary>
internal sealed class AnswerRun(ForcedError? forced, TimeSpan time, TimeProvider clock) : IDisposable
{
    private readonly CancellationTokenSource _timeIsUp = new(time, clock);
    private readonly long _startedAt = clock.GetTimestamp();
    private ModelException? _first;
    private TimeSpan? _shortestWait;
    private int _callsOfModels;

    /// <summary>Cancelled when the turn's time is used up.</summary>
    public CancellationToken TimeIsUp => _timeIsUp.Token;

    public TimeSpan TimeLeft => time - clock.GetElapsedTime(_startedAt);

    /// <summary>Calls made.</summary>
    public int Calls { get; private set; }

    /// <summary>Text of a call that failed stands in the answer.</summary>
    public bool HasShownText { get; set; }

    /// <summary>The model that should have answered.</summary>
    public string? FirstGivenUp { get; private set; }

    /// <summary>The model given up last, as a request would name it.</summary>
    public string? GivenUp { get; private set; }

    /// <summary>Why.</summary>
    public string GivenUpCode { get; private set; } = ErrorCode.LlmUnavailable;

    public bool WasRefused { get; private set; }

    /// <summary>Counts a call.</summary>
    /// <returns>The failure asked for by an administrator, instead of the call; null = make the call.</returns>
    public ModelException? BeginCall(bool isLastResort)
    {
        Calls++;
        if (isLastResort || forced is not { IsOfModel: true } || ++_callsOfModels > forced.Count)
            return null;
        return new ModelException(forced.Code == ErrorCode.LlmTimeout ? ModelFailureKind.Timeout : ModelFailureKind.Unavailable);
    }

    /// <summary>The breaker did not let the call through.</summary>
    public void TakeBackCall() => Calls--;

    /// <summary>A model is given up.</summary>
    public void GiveUp(string model, ModelException failure, bool wasRefused)
    {
        _first ??= failure;
        FirstGivenUp ??= model;
        (GivenUp, GivenUpCode, WasRefused) = (model, failure.Code, wasRefused);
        if (failure.RetryAfter is { } wait && (_shortestWait is null || wait < _shortestWait))
            _shortestWait = wait;
    }

    /// <summary>What to tell when nobody answered.</summary>
    public ModelException Failure() => new(_first!.Kind, _first.InnerException)
    {
        HttpStatus = _first.HttpStatus, RetryAfter = _shortestWait, EmittedAnything = HasShownText,
    };

    public void Dispose() => _timeIsUp.Dispose();
}
