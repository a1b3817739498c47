using System.Collections.Concurrent;
using Evenkeel.Accounts;

namespace Evenkeel.Tests.Realtime;

/// <summary>API keys in memory.</summary>
internal sealed class MemoryKeys : IApiKeys
{
    private readonly ConcurrentDictionary<string, Caller> _keys = new();

    public string Add(params string[] scopes)
    {
        var key = $"ek_{Guid.NewGuid():N}";
        _keys[key] = new Caller
        {
            UserId = Guid.CreateVersion7(),
            OrganizationId = Guid.CreateVersion7(),
            Role = MemberRole.Key,
            Locale = "en",
            TokenExpiresAt = DateTimeOffset.MaxValue,
            Scopes = scopes,
        };
        return key;
    }

    public void Revoke(string key) => _keys.TryRemove(key, out _);

    public ValueTask<TokenCheck> CheckAsync(string key, CancellationToken cancellationToken) =>
        new(_keys.TryGetValue(key, out var caller) ? new TokenCheck(TokenState.Valid, caller) : new TokenCheck(TokenState.Invalid, null));

    public ValueTask<bool> IsStillValidAsync(Caller caller, CancellationToken cancellationToken) => new(_keys.Values.Any(one => one.UserId == caller.UserId));
}
