using System.Collections.Concurrent;
using Evenkeel.Platform.Background;
using Evenkeel.Platform.Data;
using Microsoft.Extensions.Logging;

namespace Evenkeel.Accounts.ApiKeys;

/// <summary>When keys were last used. Kept here and written by a loop, at most once a minute for each: a request never waits for it.</summary>
internal sealed class KeyUses
{
    private static readonly TimeSpan Precision = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<Guid, DateTimeOffset> _unwritten = new();

    /// <summary>The key was used.</summary>
    /// <param name="keyId">Which.</param>
    /// <param name="written">The last use the database knows of.</param>
    /// <param name="now">When.</param>
    public void Note(Guid keyId, DateTimeOffset? written, DateTimeOffset now)
    {
        if (written is null || now - written >= Precision)
        {
            _unwritten[keyId] = now;
        }
    }

    /// <summary>Takes out what is to be written.</summary>
    public Dictionary<Guid, DateTimeOffset> Take()
    {
        var taken = new Dictionary<Guid, DateTimeOffset>();
        foreach (var keyId in _unwritten.Keys)
        {
            if (_unwritten.TryRemove(keyId, out var usedAt))
            {
                taken[keyId] = usedAt;
            }
        }

        return taken;
    }
}

/// <summary>Writes <see cref="KeyUses"/>.</summary>
internal sealed class WriteKeyUses(KeyUses uses, Database database, TimeProvider time, ILogger<WriteKeyUses> logger)
    : BackgroundLoop(time, logger, TimeSpan.FromSeconds(10))
{
    // The condition keeps several nodes from writing the same minute.
    private const string Write =
        """
        UPDATE api_keys k SET last_used_at = u.used_at FROM unnest(@ids, @times) AS u (id, used_at)
        WHERE k.id = u.id AND (k.last_used_at IS NULL OR k.last_used_at <= u.used_at - interval '1 minute')
        """;

    /// <inheritdoc/>
    protected override async Task<bool> RunOnceAsync(CancellationToken cancellationToken)
    {
        // What cannot be written is lost: the next use says it again.
        var taken = uses.Take();
        if (taken.Count > 0)
        {
            await database.ExecuteAsync(
                DataScope.System,
                Write,
                new { ids = taken.Keys.ToArray(), times = taken.Values.Select(at => at.UtcDateTime).ToArray() },
                cancellationToken);
        }

        return false;
    }
}
