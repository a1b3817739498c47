using Evenkeel.Platform.Errors;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Evenkeel.Catalog.Import;

/// <summary>A file that was sent; disposing it deletes it.</summary>
/// <param name="Name">"" where it has none.</param>
/// <param name="Content">On disk: while an import waits for the one before, its file takes no memory.</param>
internal sealed record ImportFile(string Name, Stream Content) : IAsyncDisposable
{
    public ValueTask DisposeAsync() => Content.DisposeAsync();
}

/// <summary>Takes the file of a request: the body itself, or the file of a multipart form.</summary>
internal static class ImportBody
{
    private const int MostNameCharacters = 200;

    /// <param name="request">The request.</param>
    /// <param name="options">How large it may be.</param>
    /// <param name="cancellationToken">The caller left.</param>
    public static async Task<Result<ImportFile>> ReadAsync(HttpRequest request, CatalogueImportOptions options, CancellationToken cancellationToken)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || !type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase))
        {
            return await SaveAsync(NameOf(ContentDispositionOf(request.Headers.ContentDisposition)), request.Body, options, cancellationToken);
        }

        if (HeaderUtilities.RemoveQuotes(type.Boundary) is not { Length: > 0 } boundary)
        {
            return NotMultipart();
        }

        try
        {
            var reader = new MultipartReader(boundary.ToString(), request.Body);
            while (await reader.ReadNextSectionAsync(cancellationToken) is { } section)
            {
                if (ContentDispositionOf(section.ContentDisposition) is { } disposition && disposition.IsFileDisposition())
                {
                    return await SaveAsync(NameOf(disposition), section.Body, options, cancellationToken);
                }
            }

            return Error.Invalid(FieldProblem.Required("file"));
        }
        catch (Exception exception) when (exception is InvalidDataException || (exception is IOException && exception is not BadHttpRequestException))
        {
            return NotMultipart();
        }
    }

    private static async Task<Result<ImportFile>> SaveAsync(string name, Stream body, CatalogueImportOptions options, CancellationToken cancellationToken)
    {
        var file = new FileStream(
            Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 81_920,
            FileOptions.DeleteOnClose | FileOptions.Asynchronous);
        try
        {
            var buffer = new byte[81_920];
            while (await body.ReadAsync(buffer, cancellationToken) is > 0 and var count)
            {
                if (file.Length + count > options.MostBytes)
                {
                    await file.DisposeAsync();
                    return Refusals.TooLarge(options.MostMegabytes);
                }

                await file.WriteAsync(buffer.AsMemory(0, count), cancellationToken);
            }
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }

        return new ImportFile(name, file);
    }

    private static ContentDispositionHeaderValue? ContentDispositionOf(string? header) =>
        ContentDispositionHeaderValue.TryParse(header, out var disposition) ? disposition : null;

    /// <summary>Browsers send a bare name, some programs a path.</summary>
    private static string NameOf(ContentDispositionHeaderValue? disposition)
    {
        var name = HeaderUtilities.RemoveQuotes(disposition is { FileNameStar.HasValue: true } ? disposition.FileNameStar : disposition?.FileName ?? default).ToString();
        return Rows.TextRules.Cut(Rows.TextRules.Line(name[(name.LastIndexOfAny(['/', '\\']) + 1)..]), MostNameCharacters);
    }

    private static Error NotMultipart() => Error.Invalid(new FieldProblem("body", "This is not a valid multipart body.", "multipart 请求体无效。"));
}
