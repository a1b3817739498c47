using System.Text;
using System.Text.Json;
using Evenkeel.Contracts;
using Evenkeel.Contracts.Knowledge;
using Evenkeel.Knowledge.Contents;
using Evenkeel.Platform.Errors;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Evenkeel.Knowledge.Documents;

/// <summary>A file of a request, stored but not yet anybody's document.</summary>
/// <param name="FileName">Its name in the source.</param>
/// <param name="GivenTitle">The title a person gave; null = found in the content.</param>
/// <param name="Content">What was stored.</param>
internal sealed record UploadedFile(string FileName, string? GivenTitle, StoredContent Content);

/// <summary>
/// Reads the documents of a request, pasted as JSON or uploaded as multipart, into the content store as they come in. Only names are
/// judged here: what is in a file is judged by whoever reads it, so that one bad file harms nothing else in the request.
/// </summary>
internal static class DocumentUpload
{
    /// <summary>Largest request. Larger than any file may be, so that a file too large is a document that says so.</summary>
    public const long MostRequestBytes = 4L * 1024 * 1024 * 1024;

    /// <summary>Largest pasted text.</summary>
    public const int MostPastedBytes = 2 * 1024 * 1024;

    /// <summary>Every character of a pasted text may be escaped in JSON.</summary>
    private const int MostJsonBytes = 24 * 1024 * 1024;
    private const int MostFiles = 100;
    private const int MostNameCharacters = 200;

    /// <param name="request">The request.</param>
    /// <param name="save">Stores one content with its declared media type.</param>
    /// <param name="cancellationToken">The caller left.</param>
    public static async Task<Result<IReadOnlyList<UploadedFile>>> ReadAsync(
        HttpRequest request, Func<Stream, string?, Task<StoredContent>> save, CancellationToken cancellationToken)
    {
        if (request.HasJsonContentType())
        {
            return await ReadPastedAsync(request, save, cancellationToken);
        }

        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || !type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)
            || HeaderUtilities.RemoveQuotes(type.Boundary) is not { Length: > 0 } boundary)
        {
            var problem = new FieldProblem(
                "Content-Type", "Send multipart/form-data with files, or application/json with text.", "请用 multipart/form-data 上传文件，或用 application/json 提交文本。");
            return Error.Invalid(problem) with { Status = StatusCodes.Status415UnsupportedMediaType };
        }

        try
        {
            return await ReadFilesAsync(new MultipartReader(boundary.ToString(), request.Body), save, cancellationToken);
        }
        catch (Exception exception) when (exception is InvalidDataException || (exception is IOException && exception is not BadHttpRequestException))
        {
            return Error.Invalid(new FieldProblem("body", "This is not a valid multipart body.", "multipart 请求体无效。"));
        }
    }

    private static async Task<Result<IReadOnlyList<UploadedFile>>> ReadFilesAsync(
        MultipartReader reader, Func<Stream, string?, Task<StoredContent>> save, CancellationToken cancellationToken)
    {
        var files = new List<UploadedFile>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        while (await reader.ReadNextSectionAsync(cancellationToken) is { } section)
        {
            if (!ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition) || !disposition.IsFileDisposition())
            {
                return Error.Invalid(new FieldProblem(
                    HeaderUtilities.RemoveQuotes(disposition?.Name ?? "").ToString(), "This field is not known.", "未知字段。"));
            }

            if (CheckName(disposition, files.Count, names) is { } error)
            {
                return error;
            }

            files.Add(new UploadedFile(FileName(disposition), GivenTitle: null, await save(section.Body, section.ContentType)));
        }

        return files.Count > 0 ? files : Error.Invalid(CountProblem());
    }

    private static Error? CheckName(ContentDispositionHeaderValue disposition, int index, HashSet<string> names)
    {
        var problems = new List<FieldProblem>();
        var name = FileName(disposition);
        if (index >= MostFiles)
        {
            problems.Add(CountProblem());
        }
        else if (TextField.Line(problems, $"files[{index}]", name, MostNameCharacters) is { Length: 0 })
        {
            problems.Add(FieldProblem.Required($"files[{index}]"));
        }
        else if (!names.Add(name))
        {
            problems.Add(new FieldProblem("files", $"{name}: Two files have this name.", $"{name}：有两个同名文件。"));
        }

        return problems.Count > 0 ? Error.Invalid(problems) : null;
    }

    private static FieldProblem CountProblem() => new("files", $"Between 1 and {MostFiles} files.", $"应包含 1 到 {MostFiles} 个文件。");

    /// <summary>Browsers send a bare name, some programs a path.</summary>
    private static string FileName(ContentDispositionHeaderValue disposition)
    {
        var name = HeaderUtilities.RemoveQuotes(disposition.FileNameStar.HasValue ? disposition.FileNameStar : disposition.FileName).ToString();
        return name[(name.LastIndexOfAny(['/', '\\']) + 1)..].Trim();
    }

    private static async Task<Result<IReadOnlyList<UploadedFile>>> ReadPastedAsync(
        HttpRequest request, Func<Stream, string?, Task<StoredContent>> save, CancellationToken cancellationToken)
    {
        request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>()?.MaxRequestBodySize = MostJsonBytes;
        var pasted = await ReadJsonAsync(request, cancellationToken);
        var problems = new List<FieldProblem>();
        var title = TextField.Line(problems, "title", pasted.Title, MostNameCharacters);
        if (title is { Length: 0 })
        {
            problems.Add(FieldProblem.Required("title"));
        }

        var text = pasted.Text ?? "";
        CheckText(problems, text);
        if (problems.Count > 0)
        {
            var isTooLarge = problems.Exists(problem => problem.English == TooLong.English);
            return Error.Invalid(problems) with { Status = isTooLarge ? StatusCodes.Status413PayloadTooLarge : null };
        }

        var name = title ?? Splitting.MarkdownText.Read(text).Title ?? FirstLine(text);
        using var content = new MemoryStream(Encoding.UTF8.GetBytes(text));
        return new[] { new UploadedFile($"{Short(name).Replace('/', '-').Replace('\\', '-')}.md", title, await save(content, "text/markdown")) };
    }

    private static readonly FieldProblem TooLong = new("text", "A pasted text may have up to 2 MiB.", "粘贴的文本最大 2 MiB。");

    private static void CheckText(List<FieldProblem> problems, string text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            problems.Add(new FieldProblem("text", "There is no text in it.", "其中没有文本。"));
        }
        else if (text.Contains('\0', StringComparison.Ordinal))
        {
            problems.Add(new FieldProblem("text", "This is not text: it contains NUL.", "这不是文本：包含 NUL 字符。"));
        }
        else if (Encoding.UTF8.GetByteCount(text) > MostPastedBytes)
        {
            problems.Add(TooLong);
        }
    }

    private static async Task<PasteDocumentRequest> ReadJsonAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return await JsonSerializer.DeserializeAsync<PasteDocumentRequest>(request.Body, Wire.Json, cancellationToken)
                ?? throw new JsonException();
        }
        catch (JsonException exception)
        {
            // The form in which the framework reports a bad body of any other endpoint.
            throw new BadHttpRequestException("The body is not valid JSON.", exception);
        }
    }

    private static string FirstLine(string text) => Short(text.TrimStart().Split('\n', 2)[0].Trim());

    private static string Short(string name)
    {
        const int most = 80;
        return name.Length <= most ? name : name[..most];
    }
}
