using Evenkeel.Platform.Privacy;

namespace Evenkeel.Platform.Health;

/// <summary>Asks the contributors, all at once, each within its time.</summary>
public sealed class HealthChecks(IEnumerable<IHealthContributor> contributors, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private readonly IHealthContributor[] _contributors = [.. contributors];

    /// <summary>All parts, in the order in which they were registered.</summary>
    /// <param name="asker">The server or the doctor.</param>
    /// <param name="hasDatabase">Whether checks that need the database are asked.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<IReadOnlyList<HealthCheck>> RunAsync(HealthAsker asker, bool hasDatabase, CancellationToken cancellationToken)
    {
        var asked = _contributors.Where(contributor => hasDatabase || !contributor.NeedsDatabase);
        var answers = await Task.WhenAll(asked.Select(contributor => AskAsync(contributor, asker, cancellationToken)));
        return [.. answers.SelectMany(checks => checks)];
    }

    private async Task<IReadOnlyList<HealthCheck>> AskAsync(IHealthContributor contributor, HealthAsker asker, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            // A contributor that does not heed its token is not waited for either.
            return await Task.Run(() => contributor.CheckAsync(asker, either.Token), either.Token).WaitAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return [HealthCheck.Degraded(contributor.Name, "no answer within 3 s", "See whether it can be reached from this machine.")];
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return [HealthCheck.Degraded(contributor.Name, $"the check itself failed: {Redaction.Describe(exception)}", "Please report this with the server's version.")];
        }
    }
}
