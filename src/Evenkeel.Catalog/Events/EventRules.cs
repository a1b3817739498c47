using System.Text.RegularExpressions;
using Evenkeel.Contracts.Catalogue;
using Evenkeel.Platform.Errors;

namespace Evenkeel.Catalog.Events;

/// <summary>An event's fields but its times and its place, checked.</summary>
internal sealed record EventFields(string Title, string Description, string? Url, string[] Categories, string[] Languages);

/// <summary>What the fields of an event must look like.</summary>
internal static partial class EventRules
{
    private const int MostTitleCharacters = 300;
    private const int MostDescriptionCharacters = 20_000;
    private const int MostUrlCharacters = 2_000;

    public static EventFields Read(List<FieldProblem> problems, SaveEventRequest request)
    {
        var title = CatalogueFields.RequiredLine(problems, "title", request.Title, MostTitleCharacters);
        var description = TextField.Block(problems, "description", request.Description, MostDescriptionCharacters) ?? "";
        var url = Url(problems, request.Url);
        var categories = CatalogueFields.Lines(problems, "categories", request.Categories, (20, 60));
        var languages = CatalogueFields.Lines(problems, "languages", request.Languages, (20, 35));
        if (!languages.All(LanguageTag.IsMatch))
        {
            problems.Add(new FieldProblem("languages", "Languages by their codes, such as en or zh-CN.", "应为语言代码，例如 en 或 zh-CN。"));
        }

        return new EventFields(
            title, description, url, [.. categories.Select(category => category.ToLowerInvariant()).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)], [.. languages]);
    }

    private static string? Url(List<FieldProblem> problems, string? value)
    {
        var url = TextField.Line(problems, "url", value, MostUrlCharacters);
        if (string.IsNullOrEmpty(url))
        {
            return null;
        }

        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https") || address.UserInfo.Length > 0)
        {
            problems.Add(new FieldProblem("url", "An address that begins with http:// or https://, without a user name.", "以 http:// 或 https:// 开头、不含用户名的地址。"));
        }

        return url;
    }

    [GeneratedRegex("^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex LanguageTag { get; }
}
