using System.Net.Http.Headers;

namespace Evenkeel.Knowledge.Reading.Texts;

/// <summary>The encoding that a media type declares.</summary>
internal static class Charset
{
    /// <summary>Its name; null when none is declared.</summary>
    public static string? Of(string? mediaType) =>
        mediaType is not null && MediaTypeHeaderValue.TryParse(mediaType, out var parsed) ? parsed.CharSet : null;
}
