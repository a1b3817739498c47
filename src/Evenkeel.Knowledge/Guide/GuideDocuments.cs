using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Evenkeel.Knowledge.Ingestion;
using Evenkeel.Knowledge.Splitting;
using Evenkeel.Knowledge.Terms;

namespace Evenkeel.Knowledge.Guide;

/// <summary>A document of the guide, ready to be stored any number of times.</summary>
internal sealed record GuideDocument
{
    /// <summary>Such as <c>en/about.md</c>.</summary>
    public required string FileName { get; init; }
    public required string Title { get; init; }

    /// <summary>Both are known: the guide is ours.</summary>
    public required string Language { get; init; }
    public required long Bytes { get; init; }
    public required byte[] Hash { get; init; }
    public required IReadOnlyList<PreparedPassage> Passages { get; init; }
}

/// <summary>The built-in user guide, read and analyzed once per process: every registration stores the same passages.</summary>
internal sealed class GuideDocuments(PassageAnalyzer analyzer)
{
    private const string Prefix = "guide/";

    private readonly Lock _lock = new();
    private Task<IReadOnlyList<GuideDocument>>? _prepared;

    public Task<IReadOnlyList<GuideDocument>> PreparedAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            // A failure (the database was away) is not kept.
            if (_prepared is null or { IsFaulted: true } or { IsCanceled: true })
            {
                // Shared by all registrations: one that is cancelled must not take the others along.
                _prepared = PrepareAsync();
            }

            return _prepared.WaitAsync(cancellationToken);
        }
    }

    /// <summary>The guide's files by their names.</summary>
    public static IReadOnlyList<(string FileName, byte[] Content)> Read()
    {
        var assembly = typeof(GuideDocuments).Assembly;
        return [.. assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(name => (name[Prefix.Length..].Replace('\\', '/'), Read(assembly, name)))];
    }

    private async Task<IReadOnlyList<GuideDocument>> PrepareAsync()
    {
        var documents = new List<GuideDocument>();
        foreach (var (fileName, content) in Read())
        {
            var structure = MarkdownText.Read(Encoding.UTF8.GetString(content).TrimStart('\uFEFF').ReplaceLineEndings("\n"));
            var title = structure.Title ?? Path.GetFileNameWithoutExtension(fileName);
            var passages = PassageSplitter.Split(structure.Sections);
            var analyzed = await analyzer.AnalyzeAsync(title, passages, CancellationToken.None);
            documents.Add(new GuideDocument
            {
                FileName = fileName,
                Title = title,
                Language = fileName.Split('/')[0],
                Bytes = content.Length,
                Hash = SHA256.HashData(content),
                Passages = [.. passages.Zip(analyzed, (passage, words) => new PreparedPassage(passage, words))],
            });
        }

        return documents;
    }

    private static byte[] Read(Assembly assembly, string resource)
    {
        using var stream = assembly.GetManifestResourceStream(resource)!;
        using var content = new MemoryStream();
        stream.CopyTo(content);
        return content.ToArray();
    }
}
