using Microsoft.AspNetCore.Http;

namespace Evenkeel.Platform.Http;

/// <summary>The language of texts for this request: <c>en</c> or <c>zh</c>.</summary>
public static class RequestLanguage
{
    public const string English = "en";
    public const string Chinese = "zh";

    /// <summary>From <c>Accept-Language</c>, by quality; English when neither is asked for.</summary>
    public static string Of(HttpContext context) =>
        context.Request.GetTypedHeaders().AcceptLanguage
            .OrderByDescending(part => part.Quality ?? 1)
            .Select(part => Supported(part.Value.Value))
            .FirstOrDefault(language => language is not null) ?? English;

    /// <summary><c>en</c> or <c>zh</c> for a tag such as <c>zh-CN</c>; null for other languages.</summary>
    public static string? Supported(string? tag) => tag switch
    {
        null => null,
        _ when tag.StartsWith(Chinese, StringComparison.OrdinalIgnoreCase) => Chinese,
        _ when tag.StartsWith(English, StringComparison.OrdinalIgnoreCase) => English,
        _ => null,
    };
}
