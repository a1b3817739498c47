using System.Net;

namespace Evenkeel.Knowledge.Fetching;

/// <summary>What the headers of a response say.</summary>
internal static class ResponseFacts
{
    // A version's name that is longer is no name; it would be kept and sent for every page.
    private const int LongestValidator = 512;

    private static readonly TimeSpan LongestRetryAfter = TimeSpan.FromDays(1);

    public static FetchedPage Of(HttpResponseMessage response, Uri address) => new()
    {
        Address = address,
        Status = (int)response.StatusCode,
        MediaType = response.Content.Headers.ContentType?.MediaType?.ToLowerInvariant(),
        Charset = response.Content.Headers.ContentType?.CharSet?.Trim('"', '\'', ' '),
        ETag = Validator(response.Headers.NonValidated, "ETag"),
        LastModified = Validator(response.Content.Headers.NonValidated, "Last-Modified"),
        RobotsTag = response.Headers.NonValidated.TryGetValues("X-Robots-Tag", out var tags) ? string.Join(',', tags) : null,
    };

    /// <summary>Throws <see cref="FetchFailedException"/> unless the response brings the content of the page.</summary>
    public static void RequireContent(HttpResponseMessage response, DateTimeOffset now)
    {
        if (response.StatusCode is HttpStatusCode.OK or HttpStatusCode.NonAuthoritativeInformation)
        {
            // What the handler could not unpack would be taken for the page.
            if (response.Content.Headers.ContentEncoding.Count > 0)
            {
                throw new FetchFailedException(KnowledgeReasons.HttpError);
            }

            return;
        }

        throw response.StatusCode switch
        {
            HttpStatusCode.NotFound or HttpStatusCode.Gone => new FetchFailedException(KnowledgeReasons.PageGone),
            HttpStatusCode.NoContent or HttpStatusCode.ResetContent => new FetchFailedException(KnowledgeReasons.Empty),
            HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError or (HttpStatusCode)425 =>
                new FetchFailedException(KnowledgeReasons.HttpError, isTransient: true, RetryAfter(response, now)),
            _ => new FetchFailedException(KnowledgeReasons.HttpError),
        };
    }

    private static TimeSpan? RetryAfter(HttpResponseMessage response, DateTimeOffset now)
    {
        var header = response.Headers.RetryAfter;
        var wait = header?.Delta ?? (header?.Date - now);
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait > LongestRetryAfter ? LongestRetryAfter : wait;
    }

    private static string? Validator(System.Net.Http.Headers.HttpHeadersNonValidated headers, string name) =>
        headers.TryGetValues(name, out var values) && values.ToString() is { Length: > 0 and <= LongestValidator } value && value.All(character => character is >= ' ' and < '\u007f')
            ? value
            : null;
}
