namespace Evenkeel.Faults.Proxy;

/// <summary>When in a call something is done.</summary>
public enum Moment
{
    /// <summary>PostgreSQL has not heard of it.</summary>
    BeforeCall,

    /// <summary>PostgreSQL has executed the statements and waits for the word to commit.</summary>
    BeforeCommit,

    /// <summary>PostgreSQL has committed and answered; the client has not heard the answer.</summary>
    AfterCommit,
}

/// <summary>What is done to a call.</summary>
public abstract record Intervention;

/// <summary>Runs <paramref name="ActAsync"/> while the call is held.</summary>
/// <param name="Moment">When.</param>
/// <param name="ActAsync">Kills or freezes something, for example.</param>
/// <param name="IsLost">The client is gone afterwards: both sides of its connection are closed, and what was held is thrown away.</param>
public sealed record Act(Moment Moment, Func<Call, Task> ActAsync, bool IsLost) : Intervention;

/// <summary>Forwards so much of the request, in parts of 1, and cuts the connection.</summary>
public sealed record CutRequest(double Part) : Intervention;

/// <summary>Lets the call happen, forwards so much of the answer, in parts of 1, and cuts the connection.</summary>
public sealed record CutAnswer(double Part) : Intervention;

/// <summary>Answers with an error instead of asking PostgreSQL.</summary>
public sealed record Fail(string SqlState) : Intervention;

/// <summary>Forwards the call later.</summary>
public sealed record Delay(TimeSpan Time) : Intervention;

/// <summary>An intervention that waits for its call, and happens once.</summary>
/// <param name="matches">Which calls count.</param>
/// <param name="intervention">What happens.</param>
/// <param name="nth">To which of them, counted from 1 and from the time the rule was armed.</param>
public sealed class Rule(Func<Call, bool> matches, Intervention intervention, int nth = 1)
{
    private readonly TaskCompletionSource<Call> _fired = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _seen;

    /// <summary>Completes when the intervention has been carried out.</summary>
    public Task<Call> Fired => _fired.Task;

    internal Intervention Intervention => intervention;

    internal bool Takes(Call call) => matches(call) && Interlocked.Increment(ref _seen) == nth;

    internal void HasFired(Call call) => _fired.TrySetResult(call);
}
