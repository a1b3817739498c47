namespace Evenkeel.ScriptedModel;

/// <summary>Behaviours in the order given: the first that matches and has uses left is taken.</summary>
internal sealed class Script
{
    private readonly Lock _lock = new();
    private readonly List<Entry> _entries = [];
    private volatile bool _hasEntries;

    public void Add(ScriptEntry entry)
    {
        lock (_lock)
        {
            _entries.Add(new Entry(entry.Match, entry.Behaviour) { UsesLeft = entry.Behaviour.Times });
            _hasEntries = true;
        }
    }

    public void Clear()
    {
        lock (_lock)
        {
            foreach (var entry in _entries)
                entry.Behaviour.Gate.Release();
            _entries.Clear();
            _hasEntries = false;
        }
    }

    /// <summary>Opens every gate.</summary>
    public void Release()
    {
        lock (_lock)
        {
            foreach (var entry in _entries)
                entry.Behaviour.Gate.Release();
        }
    }

    public Behaviour? Take(string model, string lastUserMessage, string? endpoint = null, bool hasTools = false)
    {
        if (!_hasEntries)
            return null;
        lock (_lock)
        {
            foreach (var entry in _entries)
            {
                if (entry.UsesLeft == 0 || entry.Behaviour.Endpoint != endpoint || (entry.Behaviour.OnlyWithTools && !hasTools) || !entry.Matches(model, lastUserMessage))
                    continue;
                entry.UsesLeft--;
                return entry.Behaviour;
            }
        }
        return null;
    }

    private sealed record Entry(string Match, Behaviour Behaviour)
    {
        /// <summary>Null never runs out (null - 1 is null).</summary>
        public int? UsesLeft { get; set; }

        public bool Matches(string model, string lastUserMessage) =>
            Match.Length == 0
            || lastUserMessage.Contains(Match, StringComparison.OrdinalIgnoreCase)
            || model.Contains(Match, StringComparison.OrdinalIgnoreCase);
    }
}
