using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Evenkeel.Contracts;
using Evenkeel.Contracts.Knowledge;
using Evenkeel.Knowledge.Ingestion;
using Evenkeel.Platform.Errors;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Evenkeel.Knowledge.Documents;

/// <summary>Reads the documents of a request, pasted as JSON or uploaded as multipart, and refuses what cannot be one.</summary>
internal static class DocumentUpload
{
    /// <summary>Largest document.</summary>
    public const int MostDocumentBytes = 2 * 1024 * 1024;

    /// <summary>Largest request: several documents, or one with every character escaped in JSON.</summary>
    public const int MostRequestBytes = 24 * 1024 * 1024;

    private const int MostFiles = 20;
    private const int MostNameCharacters = 200;

    private static readonly string[] Markdown = [".md", ".markdown"];
    private static readonly string[] Accepted = [.. Markdown, ".txt"];
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static async Task<Result<IReadOnlyList<DocumentText>>> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.HasJsonContentType())
        {
            return ReadPasted(await ReadJsonAsync(request, cancellationToken));
        }

        if (!request.HasFormContentType)
        {
            var problem = new FieldProblem(
                "Content-Type", "Send multipart/form-data with files, or application/json with text.", "请用 multipart/form-data 上传文件，或用 application/json 提交文本。");
            return Error.Invalid(problem) with { Status = StatusCodes.Status415UnsupportedMediaType };
        }

        try
        {
            return await ReadFormAsync(request, cancellationToken);
        }
        catch (InvalidDataException)
        {
            return Error.Invalid(new FieldProblem("body", "This is not a valid multipart body.", "multipart 请求体无效。"));
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

    private static Result<IReadOnlyList<DocumentText>> ReadPasted(PasteDocumentRequest request)
    {
        var problems = new List<FieldProblem>();
        var title = TextField.Line(problems, "title", request.Title, MostNameCharacters);
        if (title is { Length: 0 })
        {
            problems.Add(FieldProblem.Required("title"));
        }

        if (problems.Count > 0)
        {
            return Error.Invalid(problems);
        }

        var bytes = Encoding.UTF8.GetBytes(request.Text ?? "");
        return Decode("text", bytes).TryGet(out var text, out var error) ? new[] { Pasted(title, text, bytes) } : error;
    }

    private static DocumentText Pasted(string? title, string text, byte[] bytes)
    {
        var name = title ?? Splitting.MarkdownText.Read(text).Title ?? FirstLine(text);
        return Document($"{name.Replace('/', '-').Replace('\\', '-')}.md", title ?? name, text, bytes);
    }

    private static string FirstLine(string text)
    {
        const int most = 80;
        var line = text.TrimStart().Split('\n', 2)[0].Trim();
        return line.Length <= most ? line : line[..most];
    }

    private static async Task<Result<IReadOnlyList<DocumentText>>> ReadFormAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var options = new FormOptions { MultipartBodyLengthLimit = MostRequestBytes, MemoryBufferThreshold = MostDocumentBytes };
        var form = await request.ReadFormAsync(options, cancellationToken);
        if (Check(form) is { } error)
        {
            return error;
        }

        var documents = new List<DocumentText>(form.Files.Count);
        for (var index = 0; index < form.Files.Count; index++)
        {
            var name = FileName(form.Files[index]);
            using var content = new MemoryStream((int)form.Files[index].Length);
            await form.Files[index].CopyToAsync(content, cancellationToken);
            var bytes = content.ToArray();
            if (!Decode($"files[{index}]", bytes).TryGet(out var text, out var refusal))
            {
                return refusal with { Fields = [.. refusal.Fields.Select(field => Named(field, name))] };
            }

            documents.Add(Document(name, title: null, text, bytes));
        }

        return documents;
    }

    private static Error? Check(IFormCollection form)
    {
        if (form.Count > 0)
        {
            return Error.Invalid([.. form.Keys.Select(key => new FieldProblem(key, "This field is not known.", "未知字段。"))]);
        }

        if (form.Files.Count is 0 or > MostFiles)
        {
            return Error.Invalid(new FieldProblem("files", $"Between 1 and {MostFiles} files.", $"应包含 1 到 {MostFiles} 个文件。"));
        }

        var problems = new List<FieldProblem>();
        for (var index = 0; index < form.Files.Count; index++)
        {
            CheckName(problems, $"files[{index}]", FileName(form.Files[index]));
        }

        var repeated = form.Files.Select(FileName).CountBy(name => name).Where(count => count.Value > 1).Select(count => count.Key).ToList();
        problems.AddRange(repeated.Select(name => new FieldProblem("files", $"{name} is there twice.", $"{name} 重复。")));
        return problems.Count > 0 ? Error.Invalid(problems) : null;
    }

    private static void CheckName(List<FieldProblem> problems, string field, string name)
    {
        TextField.Line(problems, field, name, MostNameCharacters);
        if (!Accepted.Contains(Path.GetExtension(name), StringComparer.OrdinalIgnoreCase))
        {
            var list = string.Join(", ", Accepted);
            problems.Add(new FieldProblem(field, $"{name}: only {list} files are accepted.", $"{name}：只接受 {list} 文件。"));
        }
    }

    /// <summary>Browsers send a bare name, some programs a path.</summary>
    private static string FileName(IFormFile file) => file.FileName[(file.FileName.LastIndexOfAny(['/', '\\']) + 1)..].Trim();

    /// <summary>The text, or why the bytes are none.</summary>
    private static Result<string> Decode(string field, byte[] bytes)
    {
        if (bytes.Length > MostDocumentBytes)
        {
            return Error.Invalid(new FieldProblem(field, "A document may have up to 2 MiB.", "文档最大 2 MiB。")) with { Status = StatusCodes.Status413PayloadTooLarge };
        }

        try
        {
            var text = StrictUtf8.GetString(bytes).TrimStart('\uFEFF');
            return text switch
            {
                _ when text.Contains('\0', StringComparison.Ordinal) => Error.Invalid(new FieldProblem(field, "This is not text: it contains NUL.", "这不是文本：包含 NUL 字符。")),
                _ when string.IsNullOrWhiteSpace(text) => Error.Invalid(new FieldProblem(field, "There is no text in it.", "其中没有文本。")),
                _ => text.ReplaceLineEndings("\n"),
            };
        }
        catch (DecoderFallbackException)
        {
            return Error.Invalid(new FieldProblem(field, "The text has to be encoded as UTF-8.", "文本必须使用 UTF-8 编码。"));
        }
    }

    private static FieldProblem Named(FieldProblem problem, string name) =>
        problem with { English = $"{name}: {problem.English}", Chinese = $"{name}：{problem.Chinese}" };

    private static DocumentText Document(string fileName, string? title, string text, byte[] bytes) => new()
    {
        FileName = fileName,
        Title = title,
        Text = text,
        IsMarkdown = Markdown.Contains(Path.GetExtension(fileName), StringComparer.OrdinalIgnoreCase),
        Bytes = bytes.Length,
        ContentHash = SHA256.HashData(bytes),
    };
}
