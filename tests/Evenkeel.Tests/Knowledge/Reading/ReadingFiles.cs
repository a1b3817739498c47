using Evenkeel.Knowledge.Reading;
using Evenkeel.Knowledge.Reading.Isolation;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Evenkeel.Tests.Knowledge.Reading;

/// <summary>Files of a test, gone with it, and the two ways of reading them.</summary>
public sealed class ReadingFiles : IDisposable
{
    private static readonly ReadingLimits Limits = new KnowledgeReadingOptions().Limits;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("evenkeel-reading-");

    public void Dispose() => _folder.Delete(recursive: true);

    internal string NewPath() => Path.Combine(_folder.FullName, Path.GetRandomFileName());

    internal DocumentFile Write(string name, byte[] bytes, string? mediaType = null)
    {
        var path = NewPath();
        File.WriteAllBytes(path, bytes);
        return new DocumentFile(name, mediaType, path, bytes.Length);
    }

    internal DocumentFile Write(string name, string text) => Write(name, System.Text.Encoding.UTF8.GetBytes(text));

    internal DocumentFile Made(string name, string path) => new(name, null, path, new FileInfo(path).Length);

    /// <summary>In this process, without the limits kept from outside.</summary>
    internal static ReadDocument Here(DocumentFile file, ReadingLimits? limits = null) => FileReading.Read(file, limits ?? Limits, CancellationToken.None);

    internal static string? ReasonHere(DocumentFile file, ReadingLimits? limits = null)
    {
        try
        {
            Here(file, limits);
            return null;
        }
        catch (ReadFailedException exception)
        {
            return exception.ReasonCode;
        }
    }

    internal static (DocumentReader Reader, ReadingProcess Process) Isolated(KnowledgeReadingOptions? options = null)
    {
        var given = Options.Create(options ?? new KnowledgeReadingOptions());
        var process = new ReadingProcess(given, TimeProvider.System, NullLogger<ReadingProcess>.Instance);
        return (new DocumentReader(given, process), process);
    }

    internal static async Task<string?> ReasonAsync(DocumentFile file, CancellationToken cancellationToken, KnowledgeReadingOptions? options = null)
    {
        try
        {
            await Isolated(options).Reader.ReadAsync(file, cancellationToken);
            return null;
        }
        catch (ReadFailedException exception)
        {
            return exception.ReasonCode;
        }
    }

    /// <summary>Path of headings, text, and the place as it would be written.</summary>
    internal static List<string> Shown(ReadDocument document) => [.. document.Passages.Select(passage =>
    {
        var place = passage.Place;
        var where = place is null ? "" : string.Concat(
            place.Page is { } page ? $"p{page}" : "", place.Slide is { } slide ? $"s{slide}" : "", place.Sheet, place.FirstRow is { } first ? $":{first}-{place.LastRow}" : "",
            place.Anchor is { } anchor ? $"#{anchor}" : "");
        return $"{string.Join(" > ", passage.HeadingPath)} [{where}] {passage.Text}";
    })];
}
