using Evenkeel.Contracts.Knowledge;
using Evenkeel.Platform.Errors;

namespace Evenkeel.Knowledge.Sources;

/// <summary>What the fields of a source must look like.</summary>
internal static class SourceRules
{
    private const int MostNameCharacters = 200;
    private const int MostUrlCharacters = 2_000;
    private const int MostPages = 1_000;
    private const int DefaultPages = 50;
    private const int HoursOfAYear = 8_760;

    public static string? Name(List<FieldProblem> problems, string? value)
    {
        var name = TextField.Line(problems, "name", value, MostNameCharacters);
        if (name is { Length: 0 })
        {
            problems.Add(FieldProblem.Required("name"));
        }

        return name;
    }

    public static string? Visibility(List<FieldProblem> problems, string? value)
    {
        if (value is not (null or SourceVisibility.Public or SourceVisibility.Private))
        {
            problems.Add(new FieldProblem("visibility", "Either public or private.", "应为 public 或 private。"));
        }

        return value;
    }

    public static WebSourceSettings? Web(List<FieldProblem> problems, WebSourceRequest? request)
    {
        if (request is null)
        {
            return null;
        }

        var url = TextField.Line(problems, "web.url", request.Url, MostUrlCharacters) ?? "";
        var isAddress = Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" && address.UserInfo.Length == 0;
        if (!isAddress)
        {
            problems.Add(new FieldProblem(
                "web.url", "An address that begins with http:// or https://, without a user name.", "以 http:// 或 https:// 开头、不含用户名的地址。"));
        }

        var mode = request.Mode ?? WebMode.Page;
        if (mode is not (WebMode.Page or WebMode.Sitemap or WebMode.Crawl))
        {
            problems.Add(new FieldProblem("web.mode", "One of page, sitemap and crawl.", "应为 page、sitemap 或 crawl。"));
        }

        Between(problems, "web.max_pages", request.MaxPages, MostPages);
        Between(problems, "web.refresh_hours", request.RefreshHours, HoursOfAYear);
        return new WebSourceSettings(
            isAddress ? address!.AbsoluteUri : url, mode, mode == WebMode.Page ? 1 : request.MaxPages ?? DefaultPages, request.RefreshHours);
    }

    private static void Between(List<FieldProblem> problems, string field, int? value, int most)
    {
        if (value is < 1 || value > most)
        {
            problems.Add(new FieldProblem(field, $"Between 1 and {most:N0}.", $"应在 1 到 {most:N0} 之间。"));
        }
    }
}
