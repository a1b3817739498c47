using System.Diagnostics.CodeAnalysis;
using Evenkeel.Accounts;

namespace Evenkeel.Host.Commands;

/// <summary>Which organization a verb is about: the one that is named, or the only one there is.</summary>
internal readonly record struct ChooseOrganization(KnownOrganization? Organization, string? Why)
{
    private const int MostListed = 50;

    /// <param name="all">All there are.</param>
    /// <param name="named">An id or a name in any case; null = not said.</param>
    public static ChooseOrganization Of(IReadOnlyList<KnownOrganization> all, string? named)
    {
        if (all.Count == 0)
        {
            return Refuse("There is no organization yet: register on the page first.");
        }

        if (named is null)
        {
            return all is [var only] ? new ChooseOrganization(only, null) : Refuse("There are several organizations: say which with --organization, by its id or its name.", all);
        }

        var fitting = all.Where(one => Guid.TryParse(named, out var id) ? one.Id == id : one.Name.Equals(named.Trim(), StringComparison.OrdinalIgnoreCase)).ToList();
        return fitting switch
        {
            [var found] => new ChooseOrganization(found, null),
            [] => Refuse($"There is no organization '{named}'.", all),
            _ => Refuse($"Several organizations are called '{named}': say which by its id.", fitting),
        };
    }

    /// <summary>The organization, or why there is none.</summary>
    public bool TryGet([NotNullWhen(true)] out KnownOrganization? organization, [NotNullWhen(false)] out string? why)
    {
        (organization, why) = (Organization, Why);
        return organization is not null;
    }

    private static ChooseOrganization Refuse(string why, params IReadOnlyList<KnownOrganization> listed)
    {
        var lines = listed.Take(MostListed).Select(one => $"\n  {one.Id}  {one.Name}");
        return new ChooseOrganization(null, $"{why}{string.Concat(lines)}{(listed.Count > MostListed ? $"\n  and {listed.Count - MostListed} more" : "")}");
    }
}
