namespace Evenkeel.Knowledge.Fetching;

/// <summary>Collects the lines of a robots.txt: groups of the same agent count as one, and those for everybody only where none is for us.</summary>
internal sealed class RobotsGroups(string agent)
{
    private readonly Group _named = new();
    private readonly Group _everybody = new();
    private readonly List<string> _sitemaps = [];
    private readonly HashSet<Group> _current = [];
    private bool _isNamingAgents;
    private bool _isNamed;

    public IReadOnlyList<string> Sitemaps => _sitemaps;

    public (IReadOnlyList<RobotsRule> Rules, string? Delay) Ours => (_isNamed ? _named : _everybody) is var group ? (group.Rules, group.Delay) : default;

    public void Add(string field, string value)
    {
        switch (field)
        {
            case "user-agent":
                AddAgent(value);
                return;
            case "sitemap":
                // Belongs to no group, and ends none.
                _sitemaps.Add(value);
                return;
            case "allow" or "disallow" when value.Length > 0:
                var rule = new RobotsRule(value, field == "allow");
                Each(group => group.Rules.Add(rule));
                break;
            case "crawl-delay":
                Each(group => group.Delay ??= value);
                break;
        }

        _isNamingAgents = false;
    }

    private void AddAgent(string value)
    {
        if (!_isNamingAgents)
        {
            _current.Clear();
            _isNamingAgents = true;
        }

        // The name ends where a version begins.
        var name = value.Split('/', ' ')[0];
        if (name == "*")
        {
            _current.Add(_everybody);
        }
        else if (string.Equals(name, agent, StringComparison.OrdinalIgnoreCase))
        {
            _current.Add(_named);
            _isNamed = true;
        }
    }

    private void Each(Action<Group> change)
    {
        foreach (var group in _current)
        {
            change(group);
        }
    }

    private sealed class Group
    {
        public List<RobotsRule> Rules { get; } = [];

        public string? Delay { get; set; }
    }
}
