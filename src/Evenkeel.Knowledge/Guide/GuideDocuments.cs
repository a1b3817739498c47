using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Evenkeel.Knowledge.Ingestion;

namespace Evenkeel.Knowledge.Guide;

/// <summary>The built-in user guide, split and normalised once per process: every registration stores the same passages.</summary>
internal sealed class GuideDocuments(DocumentPreparation preparation)
{
    private const string Prefix = "guide/";

    private readonly Lock _lock = new();
    private Task<IReadOnlyList<PreparedDocument>>? _prepared;

    public Task<IReadOnlyList<PreparedDocument>> PreparedAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            // A failure (the database was away) is not kept.
            if (_prepared is null or { IsFaulted: true } or { IsCanceled: true })
            {
                // Shared by all registrations: one that is cancelled must not take the others along.
                _prepared = preparation.PrepareAsync(Read(), CancellationToken.None);
            }

            return _prepared.WaitAsync(cancellationToken);
        }
    }

    /// <summary>The guide's files by names such as <c>en/about.md</c>.</summary>
    public static IReadOnlyList<DocumentText> Read()
    {
        var assembly = typeof(GuideDocuments).Assembly;
        return [.. assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(name => Read(assembly, name))];
    }

    private static DocumentText Read(Assembly assembly, string resource)
    {
        using var stream = assembly.GetManifestResourceStream(resource)!;
        using var content = new MemoryStream();
        stream.CopyTo(content);
        var bytes = content.ToArray();
        return new DocumentText
        {
            FileName = resource[Prefix.Length..].Replace('\\', '/'),
            Text = Encoding.UTF8.GetString(bytes).TrimStart('\uFEFF').ReplaceLineEndings("\n"),
            Bytes = bytes.Length,
            ContentHash = SHA256.HashData(bytes),
        };
    }
}
