namespace Evenkeel.Timeline;

/// <summary>Whose events somebody sees as they happen: what is recorded for them is written within about 10 ms instead of 100.</summary>
public interface ILiveSessions
{
    /// <summary>Whether anybody watches the session at this process. Asked for every entry: cheap, never blocks.</summary>
    bool IsWatched(Guid session);
}
