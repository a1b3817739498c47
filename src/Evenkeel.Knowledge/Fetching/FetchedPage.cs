namespace Evenkeel.Knowledge.Fetching;

/// <summary>What is known of a page's last version, as its server named it.</summary>
internal sealed record FetchConditions(string? ETag, string? LastModified)
{
    public static readonly FetchConditions None = new(null, null);

    public bool HasAny => ETag is not null || LastModified is not null;
}

/// <summary>What to fetch, and within which bounds.</summary>
internal sealed record FetchRequest(Uri Address)
{
    /// <summary>What is known of the page at an address, of redirects too; null = nothing of any.</summary>
    public Func<Uri, FetchConditions>? KnownAt { get; init; }

    /// <summary>Bytes, unpacked; null = as the options say.</summary>
    public long? MaxBytes { get; init; }

    /// <summary>Whether a longer body is cut off there instead of refused.</summary>
    public bool CutsShort { get; init; }

    /// <summary>Least pause between two requests to the host, where it asks for more than ours.</summary>
    public TimeSpan? Pace { get; init; }

    /// <summary>Asked before every request, of redirects too; throws <see cref="FetchFailedException"/> where it may not be made.</summary>
    public Func<Uri, CancellationToken, Task>? BeforeRequest { get; init; }

    /// <summary>Whether a redirect there is followed; null = every one.</summary>
    public Func<Uri, bool>? Follows { get; init; }

    /// <summary>Whether a body of this media type (lower case, may be null) at this address is wanted; null = every one.</summary>
    public Func<string?, Uri, bool>? Accepts { get; init; }
}

/// <summary>What a fetch brought. Disposing it deletes the file.</summary>
internal sealed record FetchedPage : IDisposable
{
    /// <summary>Where it came from in the end.</summary>
    public required Uri Address { get; init; }

    public required int Status { get; init; }

    /// <summary>The version known is the present one: there is no body.</summary>
    public bool IsNotModified { get; init; }

    /// <summary>A redirect that was not to be followed leads there: there is no body.</summary>
    public Uri? LeadsTo { get; init; }

    /// <summary>A temporary file with the body, unpacked.</summary>
    public string? Path { get; init; }

    public long Bytes { get; init; }

    /// <summary>SHA-256 of the body.</summary>
    public byte[] Hash { get; init; } = [];

    /// <summary>In lower case, without parameters; null where the server names none.</summary>
    public string? MediaType { get; init; }

    /// <summary>As the server names it; null where it does not.</summary>
    public string? Charset { get; init; }

    public string? ETag { get; init; }

    public string? LastModified { get; init; }

    /// <summary>The header X-Robots-Tag: what a page that is no HTML has instead of <c>meta name=robots</c>.</summary>
    public string? RobotsTag { get; init; }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Path is not null)
        {
            File.Delete(Path);
        }
    }
}
