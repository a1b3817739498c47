using Evenkeel.Contracts.Catalogue;
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
    private static readonly SearchRequest Request = new() { Query = "conferences about databases in Berlin next week" };

    private readonly Database _database;
    private readonly PrepareSearch _prepare;
    private readonly EventBackends _backends;
    private readonly IHostApplicationLifetime _lifetime;
    private readonly CancellationTokenRegistration _whenStarted;
    private bool _isWarm;

    public WarmSearch(
        Database database, PrepareSearch prepare, EventBackends backends, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<WarmSearch> logger)
        : base(time, logger, TimeSpan.FromMinutes(1))
    {
        (_database, _prepare, _backends, _lifetime) = (database, prepare, backends, lifetime);
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
            var prepared = (await _prepare.RunAsync(id, Request, null, cancellationToken)).Value!;
            await _backends.SearchAsync(prepared.Conditions with { Most = 1 }, cancellationToken);
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
