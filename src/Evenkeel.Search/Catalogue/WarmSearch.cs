using Evenkeel.Platform.Background;
using Evenkeel.Platform.Data;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Evenkeel.Search.Catalogue;

/// <summary>
/// Searches once when the server has started, so that nobody waits for what the first search makes: the gazetteer, the tables of phrases, compiled code. A
/// server without events does not do it, and keeps the memory.
/// </summary>
internal sealed class WarmSearch : BackgroundLoop
{
    /// <summary>One that says all a question can say, and one that surely finds something. An embedding endpoint is asked too, and so connected to.</summary>
    private static readonly string[] Questions = ["online conferences about databases in Berlin next week", "conferences"];

    private readonly Database _database;
    private readonly EventSearch _search;
    private readonly IHostApplicationLifetime _lifetime;
    private readonly CancellationTokenRegistration _whenStarted;
    private bool _isWarm;

    public WarmSearch(Database database, EventSearch search, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<WarmSearch> logger)
        : base(time, logger, TimeSpan.FromMinutes(1))
    {
        (_database, _search, _lifetime) = (database, search, lifetime);
        _whenStarted = lifetime.ApplicationStarted.Register(Wake);
    }

    /// <inheritdoc/>
    protected override async Task<bool> RunOnceAsync(CancellationToken cancellationToken)
    {
        if (_isWarm || !_lifetime.ApplicationStarted.IsCancellationRequested)
        {
            return false;
        }

        var organization = await _database.QueryFirstOrDefaultAsync<Guid?>(
            DataScope.System, "SELECT organization_id FROM event_indexes ORDER BY organization_id LIMIT 1", null, cancellationToken);
        if (organization is { } id)
        {
            foreach (var question in Questions)
            {
                await _search.FindAsync(new EventQuery { OrganizationId = id, Text = question, Limit = 1 }, cancellationToken);
            }

            _isWarm = true;
        }

        return false;
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _whenStarted.Dispose();
        base.Dispose();
    }
}
