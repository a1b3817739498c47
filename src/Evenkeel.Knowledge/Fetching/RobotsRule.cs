namespace Evenkeel.Knowledge.Fetching;

/// <summary>A rule of a robots.txt: <c>*</c> stands for anything, a <c>$</c> at the end for the end of the address.</summary>
internal sealed class RobotsRule
{
    private readonly string[] _parts;
    private readonly bool _isToTheEnd;

    public RobotsRule(string pattern, bool allows)
    {
        Allows = allows;
        var normal = WebAddress.NormalizeEscapes(pattern);
        Length = normal.Length;
        _isToTheEnd = normal.EndsWith('$');
        _parts = (_isToTheEnd ? normal[..^1] : normal).Split('*');
    }

    public bool Allows { get; }

    /// <summary>The longer, the more it says.</summary>
    public int Length { get; }

    /// <summary>Whether it speaks of a path. Never goes back over what is matched, so that no pattern can take long.</summary>
    public bool Matches(ReadOnlySpan<char> path)
    {
        if (!path.StartsWith(_parts[0], StringComparison.Ordinal))
        {
            return false;
        }

        var rest = path[_parts[0].Length..];
        for (var i = 1; i < _parts.Length; i++)
        {
            if (_isToTheEnd && i == _parts.Length - 1)
            {
                return rest.EndsWith(_parts[i], StringComparison.Ordinal);
            }

            var found = rest.IndexOf(_parts[i], StringComparison.Ordinal);
            if (found < 0)
            {
                return false;
            }

            rest = rest[(found + _parts[i].Length)..];
        }

        return !_isToTheEnd || rest.IsEmpty;
    }
}
