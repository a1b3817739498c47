namespace Evenkeel.Platform.Health;

/// <summary>
/// Says how one part of the server is. The same answer stands in the log at start and at each change, in <c>/health/ready</c> for
/// administrators, and in <c>evenkeel doctor</c>. A module registers as many as it has parts:
/// <c>services.AddSingleton&lt;IHealthContributor, BrokerHealth&gt;()</c>.
/// </summary>
public interface IHealthContributor
{
    /// <summary>Name of the check where it does not answer in time or fails: snake_case, such as <c>broker</c>.</summary>
    string Name { get; }

    /// <summary>
    /// Whether it asks the database. The doctor leaves such a check out where the database is not running, and there is none while it is away.
    /// </summary>
    bool NeedsDatabase => false;

    /// <summary>
    /// Looks at the part; called about every ten seconds and for each administrator who asks. It may reach out, but is given three seconds.
    /// It never touches what turns need: a check must not make a part that works fail.
    /// </summary>
    /// <param name="asker">Who asks: the running server, or the doctor, for which nothing has been started.</param>
    /// <param name="cancellationToken">The three seconds are over.</param>
    /// <returns>One check, or one for each of several like parts (endpoints); none where the part is switched off and that needs no word.</returns>
    Task<IReadOnlyList<HealthCheck>> CheckAsync(HealthAsker asker, CancellationToken cancellationToken);
}

/// <summary>Who asks a contributor.</summary>
public enum HealthAsker
{
    /// <summary>The running server: report what is known where something is connected already.</summary>
    Server,

    /// <summary><c>evenkeel doctor</c>: no background work runs; look for yourself.</summary>
    Doctor,
}

/// <summary>How a part is.</summary>
public static class HealthStatus
{
    /// <summary>It works, or is switched off on purpose.</summary>
    public const string Ok = "ok";

    /// <summary>It is missing or broken; turns go on without it or with less.</summary>
    public const string Degraded = "degraded";

    /// <summary>Turns cannot go on. Only the database says so.</summary>
    public const string Unavailable = "unavailable";
}

/// <summary>One part looked at. Operators read it: never a secret, message text or a person's data in any field.</summary>
/// <param name="Name">Which: snake_case, the same at every look, such as <c>model</c> or <c>model_fallback_0</c>.</param>
/// <param name="Status">One of <see cref="HealthStatus"/>.</param>
/// <param name="Found">What was found, in a few words.</param>
/// <param name="Hint">What to do: names the setting or the command. With <c>ok</c> it says what could be added.</param>
public sealed record HealthCheck(string Name, string Status, string Found, string? Hint = null)
{
    /// <summary>Numbers and ids behind it: queue depth, breaker state, the pooler's decision.</summary>
    public IReadOnlyDictionary<string, object?>? Details { get; init; }

    /// <summary>A part that works.</summary>
    public static HealthCheck Ok(string name, string found, string? hint = null) => new(name, HealthStatus.Ok, found, hint);

    /// <summary>A part that is missing or broken, with the fix.</summary>
    public static HealthCheck Degraded(string name, string found, string hint) => new(name, HealthStatus.Degraded, found, hint);
}
